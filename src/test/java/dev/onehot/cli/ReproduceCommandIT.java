package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.model.NpyFormat;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code reproduce}, {@code models verify} and {@code train --init-from} on real trainings. */
class ReproduceCommandIT {

  private static final int HEADER_BYTES = 16;

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static Path data;
  private static Path trained;

  @BeforeAll
  static void train() {
    data = shared.resolve("digits");
    succeeds("generate", "--rows", "1500", "--test-rows", "300", "--out", data.toString());
    trained = shared.resolve("model");
    succeeds(
        "train",
        "--data",
        data.toString(),
        "--iterations",
        "8",
        "--bias",
        "--validation-fraction",
        "0.2",
        "--out",
        trained.toString());
  }

  @Test
  void theSameRowsAndSettingsGiveTheSameBits() throws IOException {
    CommandRun run = reproduce(trained);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("yes, the same bits", SoftmaxModel.load(trained).w1Sha256());
  }

  @Test
  void onePixelIsFoundBeforeTraining() throws IOException {
    Path other = copy(data, folder.resolve("other"));
    try (RandomAccessFile images =
        new RandomAccessFile(other.resolve("train-images-idx3-ubyte").toFile(), "rw")) {
      images.seek(HEADER_BYTES + 784 * 700 + 400);
      int pixel = images.read();
      images.seek(HEADER_BYTES + 784 * 700 + 400);
      images.write(pixel ^ 1);
    }
    CommandRun run = reproduce(trained, "--data", other.toString());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.lastError()).contains("it differs in the data: 1,500 rows of fingerprint ");
    assertThat(run.err()).doesNotContain("iteration 0/");
    CommandRun same = reproduce(trained, "--data", copy(data, folder.resolve("same")).toString());
    assertThat(same.exitCode()).as(same.err()).isZero();
  }

  @Test
  void anotherSeedInTheProvenanceIsNamed() throws IOException {
    Path model = copy(trained, folder.resolve("model"));
    replace(model.resolve("model.json"), "\"seed\": \"1024\"", "\"seed\": \"7\"");
    CommandRun run = reproduce(model);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.lastError())
        .contains(
            "the setting seed is 7 in model.json, but run.json says that the model was trained with 1024");

    // Changed in both, only the training itself can tell.
    replace(model.resolve("run.json"), "\"seed\": \"1024\"", "\"seed\": \"7\"");
    CommandRun both = reproduce(model);
    assertThat(both.exitCode()).isEqualTo(3);
    assertThat(both.lastError())
        .contains("it differs in iteration 0: its loss is ", "(already with the initial weights)");
  }

  @Test
  void anotherVersionIsTheReasonOnlyIfTheBitsDiffer() throws IOException {
    Path model = copy(trained, folder.resolve("model"));
    String json = Files.readString(model.resolve("model.json"));
    Files.writeString(
        model.resolve("model.json"),
        json.replaceFirst("\"onehot\": \"[^\"]*\"", "\"onehot\": \"0.0.1\""));
    CommandRun run = reproduce(model);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("the model is of 0.0.1");

    SoftmaxModel right = SoftmaxModel.load(model);
    double[] weights = right.weights();
    weights[5] = Math.nextUp(weights[5]);
    try (OutputStream out = Files.newOutputStream(model.resolve("W1.npy"))) {
      NpyFormat.write(out, weights, 784, 10);
    }
    CommandRun damaged = reproduce(model);
    assertThat(damaged.exitCode()).isEqualTo(3);
    assertThat(damaged.lastError()).contains("W1.npy is damaged or belongs to another model");

    replace(model.resolve("model.json"), "\"W1.npy\"", "\"former W1.npy\"");
    CommandRun differing = reproduce(model);
    assertThat(differing.exitCode()).isEqualTo(3);
    assertThat(differing.lastError()).contains("it differs in the version: this is Onehot ");
    replace(
        model.resolve("model.json"),
        "\"onehot\": \"0.0.1\"",
        json.replaceAll("(?s).*(\"onehot\": \"[^\"]*\").*", "$1"));
    assertThat(reproduce(model).lastError())
        .contains("it differs in the weights, but no iteration's loss");
  }

  @Test
  void aModelThatSaysTooLittleIsRefusedBeforeSparkStarts() throws IOException {
    Path model = copy(trained, folder.resolve("model"));
    replace(model.resolve("model.json"), "\"leak\"", "\"leek\"");
    replace(model.resolve("run.json"), "\"leak\"", "\"leek\"");
    CommandRun run = reproduce(model);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.lastError()).contains("model.json has no setting leak");
    assertThat(reproduce(folder).lastError()).contains("has no model.json");
    assertThat(reproduce(folder.resolve("none")).lastError()).contains("no such directory");
  }

  @Test
  void trainingGoesOnFromAnotherModel() throws IOException {
    Path child = folder.resolve("child");
    String[] options = {
      "train",
      "--data",
      data.toString(),
      "--iterations",
      "3",
      "--leak",
      "0",
      "--bias",
      "--validation-fraction",
      "0.2",
      "--init-from",
      trained.toString(),
      "--out",
      child.toString()
    };
    succeeds(options);
    // The first iteration measures the weights that the parent ended with.
    String last = lines(trained.resolve("metrics.jsonl")).get(8);
    String first = lines(child.resolve("metrics.jsonl")).get(0);
    assertThat(loss(first)).isEqualTo(loss(last));
    SoftmaxModel parent = SoftmaxModel.load(trained);
    assertThat(Files.readString(child.resolve("model.json")))
        .contains(parent.w1Sha256(), parent.b1Sha256(), "\"parent\"");
    assertThat(SoftmaxModel.load(child).w1Sha256()).isNotEqualTo(parent.w1Sha256());

    CommandRun run = reproduce(child);
    assertThat(run.exitCode()).as(run.err()).isZero();

    // Another model lies where the parent was.
    Path model = copy(child, folder.resolve("model"));
    replace(model.resolve("model.json"), "\"w1Sha256\": \"", "\"w1Sha256\": \"0");
    assertThat(reproduce(model).lastError()).contains("it differs in the parent file:" + trained);
  }

  @Test
  void rowsAndParentAreFoundFromAnyFolderAndMayMove() throws IOException {
    // The settings name the rows as the user did, here as seen from the project's folder.
    Path here = Path.of("").toAbsolutePath();
    Path moved = copy(data, folder.resolve("rows"));
    Path model = folder.resolve("model");
    succeeds(
        "train",
        "--data",
        here.relativize(moved).toString(),
        "--iterations",
        "2",
        "--bias",
        "--init-from",
        copy(trained, folder.resolve("parent")).toString(),
        "--out",
        model.toString());
    String json = Files.readString(model.resolve("model.json"));
    assertThat(json).contains(here.relativize(moved).toString());
    replace(model.resolve("model.json"), here.relativize(moved).toString(), "elsewhere");
    replace(model.resolve("run.json"), here.relativize(moved).toString(), "elsewhere");
    assertThat(reproduce(model).exitCode()).isZero();

    Files.move(moved, folder.resolve("moved"));
    assertThat(reproduce(model).lastError())
        .contains("the rows that it was trained on cannot be used: ", "give --data or --train");
    String newData = folder.resolve("moved").toString();
    assertThat(reproduce(model, "--data", newData).exitCode()).isZero();

    Files.move(folder.resolve("parent"), folder.resolve("elsewhere"));
    assertThat(reproduce(model, "--data", newData).lastError())
        .contains("the model that its training started from cannot be used: ", "give --init-from");
    String parent = folder.resolve("elsewhere").toString();
    assertThat(reproduce(model, "--data", newData, "--init-from", parent).exitCode()).isZero();
  }

  @Test
  void aFileOfRowsMayMoveToo() throws IOException {
    Path rows = copy(data, folder.resolve("rows"));
    Path model = folder.resolve("model");
    succeeds(
        "train",
        "--train",
        rows.resolve("train-images-idx3-ubyte").toString(),
        "--iterations",
        "2",
        "--out",
        model.toString());
    assertThat(reproduce(model).exitCode()).isZero();
    Files.move(rows, folder.resolve("moved"));
    assertThat(reproduce(model).exitCode()).isEqualTo(3);
    Path file = folder.resolve("moved").resolve("train-images-idx3-ubyte");
    assertThat(reproduce(model, "--train", file.toString()).exitCode()).isZero();
    assertThat(reproduce(model, "--init-from", trained.toString()).lastError())
        .contains("was trained from random weights; leave it out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--train=shards/train/part-*.csv", "--train=shards/train", "--data=shards"})
  void allShardsAreReadAgainFromAnyFolder(String option) throws IOException {
    Path shards = Files.createDirectories(folder.resolve("shards/train"));
    for (int shard = 0; shard < 3; shard++) {
      String rows = "1." + shard + ",x\n-2." + shard + ",y\n";
      Files.writeString(
          shards.resolve("part-" + shard + ".csv"), "a,label\n" + rows.repeat(20 + shard));
    }
    Path model = folder.resolve("model");
    String here = option.replace("shards", folder.resolve("shards").toString());
    succeeds("train", here, "--label-column=label", "--iterations=2", "--out", model.toString());
    // As if the path had been given in the folder that holds the shards.
    String recorded = option.substring(option.indexOf('=') + 1);
    for (String name : List.of("model.json", "run.json")) {
      replace(model.resolve(name), here.substring(here.indexOf('=') + 1) + "\"", recorded + "\"");
    }
    CommandRun run = reproduce(model);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("training rows: 126");
  }

  @Test
  void aModelThatDoesNotFitCannotBeGoneOnFrom() {
    String[] options = {"train", "--data", data.toString(), "--init-from", trained.toString()};
    CommandRun bias =
        CommandRun.of(
            Stream.concat(Stream.of(options), Stream.of("--no-bias")).toArray(String[]::new));
    assertThat(bias.exitCode()).as(bias.err()).isEqualTo(2);
    assertThat(bias.lastError())
        .contains("--init-from " + trained + ": a model with a bias; give --bias");
    CommandRun classes =
        CommandRun.of(
            Stream.concat(Stream.of(options), Stream.of("--bias", "--classes", "11"))
                .toArray(String[]::new));
    assertThat(classes.exitCode()).as(classes.err()).isEqualTo(2);
    assertThat(classes.lastError()).contains("a model of 10 classes, but the rows have 11");
    CommandRun none =
        CommandRun.of("train", "--data", data.toString(), "--init-from", data.toString());
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.lastError())
        .contains(data + ": has no model.json, so it is no model directory");
  }

  @Test
  void aFlippedByteOfAnyFileIsFound() throws IOException {
    CommandRun whole = CommandRun.of("models", "verify", trained.toString());
    assertThat(whole.exitCode()).as(whole.err()).isZero();
    Path model = copy(trained, folder.resolve("model"));
    for (String name : names(model)) {
      byte[] bytes = Files.readAllBytes(model.resolve(name));
      byte[] flipped = bytes.clone();
      flipped[bytes.length / 2] ^= 4;
      Files.write(model.resolve(name), flipped);
      CommandRun run = CommandRun.of("models", "verify", model.toString());
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.out()).isEqualTo("changed  " + name + System.lineSeparator());
      assertThat(run.lastError()).startsWith("onehot: " + model + ": 1 of its files");
      Files.write(model.resolve(name), bytes);
    }
    assertThat(CommandRun.of("models", "verify", model.toString()).exitCode()).isZero();
  }

  private static CommandRun reproduce(Path model, String... options) {
    return CommandRun.of(
        Stream.concat(Stream.of("reproduce", "--model", model.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  private static void succeeds(String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static String loss(String metrics) {
    return metrics.replaceAll(".*\"loss\":([^,]*),.*", "$1");
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  private static void replace(Path file, String text, String by) throws IOException {
    String content = Files.readString(file);
    assertThat(content).contains(text);
    Files.writeString(file, content.replace(text, by));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    for (String name : names(from)) {
      Files.copy(from.resolve(name), to.resolve(name));
    }
    return to;
  }
}
