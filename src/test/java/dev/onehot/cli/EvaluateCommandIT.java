package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.onehot.ProjectHome;
import dev.onehot.model.NpyFormat;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evaluate} as a user runs it. */
class EvaluateCommandIT {

  private static final String LABELS = "t10k-labels-idx1-ubyte";
  private static final int LABELS_HEADER = 8;

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static Path data;
  private static Path model;
  private static Path shortTrained;

  @BeforeAll
  static void train() {
    data = shared.resolve("digits");
    succeeds("generate", "--rows", "2000", "--test-rows", "3000", "--out", data.toString());
    model = shared.resolve("model");
    train(model, "--iterations", "12", "--bias");
    shortTrained = shared.resolve("short");
    train(shortTrained, "--iterations", "3");
  }

  private static void train(Path out, String... options) {
    List<String> all =
        new ArrayList<>(List.of("train", "--data", data.toString(), "--out", out.toString()));
    all.addAll(List.of(options));
    succeeds(all.toArray(String[]::new));
  }

  @Test
  void theFiguresDoNotDependOnPartitionsCoresAndExecutors() throws IOException {
    String expected = evaluation(Map.of("spark.master", "local[1]"));
    assertThat(evaluation(Map.of("spark.master", "local[2]"))).isEqualTo(expected);
    assertThat(evaluation(Map.of(), "--partitions", "6")).isEqualTo(expected);
    Map<String, String> cluster = new HashMap<>(ExecutorClasses.localCluster());
    cluster.put("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    assertThat(evaluation(cluster)).isEqualTo(expected);
  }

  @Test
  void theTestOfATrainingHasTheSameFigures() throws IOException {
    CommandRun run = evaluate(model);
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonObject trained = json(model.resolve("run.json"));
    JsonObject evaluated = json(JsonParser.parseString(evaluation(Map.of())));
    assertThat(evaluated.get("accuracy")).isEqualTo(trained.get("testAccuracy"));
    assertThat(evaluated.get("logLoss")).isEqualTo(trained.get("testLoss"));
    assertThat(evaluated.get("w1Sha256")).isEqualTo(trained.get("w1Sha256"));
    for (JsonElement each : evaluated.getAsJsonArray("classes")) {
      JsonObject metrics = each.getAsJsonObject();
      String name = metrics.remove("name").getAsString();
      JsonObject ofTraining = trained.getAsJsonObject("testClasses").getAsJsonObject(name);
      // Rows have no weights, which only run.json has a null for.
      assertThat(ofTraining.remove("weight").isJsonNull()).isTrue();
      assertThat(metrics).isEqualTo(ofTraining);
    }
    assertThat(run.out())
        .contains("accuracy           " + String.format(Locale.ROOT, "%.4f", accuracy(evaluated)))
        .contains("weighted average", "actual  predicted");
  }

  @Test
  void twoModelsAreComparedRowByRow() throws IOException {
    Path out = folder.resolve("compared");
    CommandRun run = evaluate(model, "--against", shortTrained.toString(), "--out", out.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonObject against = json(out.resolve("evaluation.json")).getAsJsonObject("against");
    long both = against.get("bothRight").getAsLong();
    long onlyThis = against.get("onlyThisRight").getAsLong();
    long onlyOther = against.get("onlyOtherRight").getAsLong();
    assertThat(both + onlyThis + onlyOther + against.get("bothWrong").getAsLong()).isEqualTo(3000);
    assertThat((both + onlyThis) / 3000.0)
        .isEqualTo(accuracy(json(out.resolve("evaluation.json"))));
    assertThat((both + onlyOther) / 3000.0).isEqualTo(accuracy(against));
    assertThat(against.get("flippedRows").getAsLong()).isGreaterThanOrEqualTo(onlyThis + onlyOther);
    JsonArray flipped = against.getAsJsonArray("flipped");
    assertThat(flipped.size())
        .isEqualTo((int) Math.min(1000, against.get("flippedRows").getAsLong()));
    for (JsonElement row : flipped) {
      assertThat(row.getAsJsonObject().get("predicted"))
          .isNotEqualTo(row.getAsJsonObject().get("otherPredicted"));
    }
    assertThat(run.out()).contains("McNemar's test     p = ", "only this right");
    Document page = Jsoup.parse(Files.readString(out.resolve("report.html")));
    assertThat(page.select("#flipped").text()).isEqualTo("Beside " + shortTrained);
    assertThat(page.select("[aria-label='Flipped rows'] tbody tr")).hasSize(flipped.size());
    assertThat(page.select("section[aria-labelledby=flipped] img"))
        .hasSize(Math.min(48, flipped.size()));
    assertThat(page.select("figure:has(#loss) tbody tr")).hasSize(13);

    CommandRun itself = evaluate(model, "--against", model.toString());
    assertThat(itself.out()).contains("flipped rows       0", "p = 1.000 (exact binomial)");
  }

  @Test
  void thePageDoesWithoutIterationsThatAreDamaged() throws IOException {
    Path damaged = copy(model, "damaged");
    Files.writeString(damaged.resolve("metrics.jsonl"), "{");
    Path out = folder.resolve("page");
    CommandRun run = evaluate(damaged, "--out", out.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .containsOnlyOnce("warning: " + damaged + ": metrics.jsonl cannot be read (");
    Document page = Jsoup.parse(Files.readString(out.resolve("report.html")));
    assertThat(page.select("#quality")).hasSize(1);
    assertThat(page.select("#training")).isEmpty();
  }

  @Test
  void labelsThatTheModelDoesNotKnowAreNamedWithTheirFirstRow() throws IOException {
    Path other = folder.resolve("other");
    Files.createDirectory(other);
    for (String name : List.of("t10k-images-idx3-ubyte", LABELS)) {
      Files.copy(data.resolve(name), other.resolve(name));
    }
    byte[] labels = Files.readAllBytes(other.resolve(LABELS));
    labels[LABELS_HEADER + 2990] = 11;
    labels[LABELS_HEADER + 600] = 11;
    labels[LABELS_HEADER + 700] = (byte) 200;
    Files.write(other.resolve(LABELS), labels);
    Path out = folder.resolve("out");
    CommandRun run =
        CommandRun.of(
            "evaluate", "--model=" + model, "--data=" + other, "--partitions=3", "--out=" + out);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.lastError())
        .contains(
            "3 rows have labels that the model "
                + model
                + " doesn't know: 11 (first in row 600), 200 (first in row 700); it has 10 classes, 0 to 9");
    assertThat(out).doesNotExist();
  }

  @Test
  void whatDoesNotFitIsSaidBeforeSparkStarts() throws IOException {
    assertFails(3, "no such directory", "--model", folder.resolve("none").toString());
    assertFails(3, "has no model.json", "--model", data.toString());
    assertFails(3, "is a file", "--model", model.resolve("W1.npy").toString());
    Path newer = copy(model, "newer");
    replace(newer.resolve("model.json"), "\"version\": 1", "\"version\": 99");
    assertFails(3, "is of format version 99, and this Onehot reads up to 2", "--model", newer);
    Path swapped = copy(model, "swapped");
    Files.delete(swapped.resolve("W1.npy"));
    Files.copy(shortTrained.resolve("W1.npy"), swapped.resolve("W1.npy"));
    assertFails(3, "W1.npy is damaged or belongs to another model", "--model", swapped);
    Path damaged = copy(model, "damaged");
    Files.write(damaged.resolve("b1.npy"), new byte[7]);
    assertFails(3, "b1.npy cannot be read: no .npy file", "--model", damaged);
    Path unfinished = copy(model, "unfinished");
    Files.delete(unfinished.resolve("run.json"));
    assertFails(3, "has no run.json, which is written last", "--model", unfinished);
    Path odd = copy(model, "odd");
    replace(odd.resolve("model.json"), "\"bias\": true", "\"bias\": false");
    assertFails(3, "is incomplete or contradicts itself", "--model", odd);
    Path notNumbers = copy(model, "nan");
    replace(notNumbers.resolve("model.json"), "\"W1.npy\"", "\"other.npy\"");
    double[] weights = SoftmaxModel.load(model).weights();
    weights[123] = Double.NaN;
    try (OutputStream out = Files.newOutputStream(notNumbers.resolve("W1.npy"))) {
      NpyFormat.write(out, weights, weights.length / 10, 10);
    }
    assertFails(3, "W1.npy holds NaN for feature 12 and class 3", "--model", notNumbers);
    assertFails(
        2, "lies in the directory of the model", "--model", model, "--out", model.resolve("x"));
    assertFails(
        3,
        "t10k",
        "--model",
        model.toString(),
        "--data",
        Files.createDirectory(folder.resolve("empty")).toString());
    assertFails(
        2, "exists and isn't empty", "--model", model.toString(), "--out", model.toString());
  }

  @Test
  void scikitLearnHasTheSameFiguresOnMnist() throws IOException, InterruptedException {
    Path mnist = ProjectHome.mnist();
    String python = pythonWithScikitLearn();
    Path trained = folder.resolve("mnist");
    succeeds("train", "--data", mnist.toString(), "--iterations", "8", "--out", trained.toString());
    Path out = folder.resolve("evaluation");
    succeeds("evaluate", "--model=" + trained, "--data=" + mnist, "--out=" + out);
    JsonObject ours = json(out.resolve("evaluation.json"));
    Process process =
        new ProcessBuilder(
                python,
                ProjectHome.resolve("src/test/python/evaluation.py").toString(),
                trained.toString(),
                mnist.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    JsonObject theirs = JsonParser.parseString(printed).getAsJsonObject();
    assertThat(ours.get("confusionMatrix")).isEqualTo(theirs.get("confusion"));
    assertSame(ours.get("logLoss"), theirs.get("logLoss"));
    assertSame(ours.get("top2Accuracy"), theirs.get("top2"));
    JsonObject report = theirs.getAsJsonObject("report");
    assertSame(ours.get("accuracy"), report.get("accuracy"));
    JsonArray classes = ours.getAsJsonArray("classes");
    IntStream.range(0, 10)
        .forEach(
            c ->
                assertMetrics(
                    classes.get(c).getAsJsonObject(), report.getAsJsonObject(Integer.toString(c))));
    assertMetrics(ours.getAsJsonObject("macroAverage"), report.getAsJsonObject("macro avg"));
    assertMetrics(ours.getAsJsonObject("weightedAverage"), report.getAsJsonObject("weighted avg"));
  }

  private static void assertMetrics(JsonObject ours, JsonObject theirs) {
    assertSame(ours.get("precision"), theirs.get("precision"));
    assertSame(ours.get("recall"), theirs.get("recall"));
    assertSame(ours.get("f1"), theirs.get("f1-score"));
    assertSame(ours.get("support"), theirs.get("support"));
  }

  private static void assertSame(JsonElement ours, JsonElement theirs) {
    assertThat(ours.getAsDouble()).isEqualTo(theirs.getAsDouble(), within(1e-12));
  }

  private static String pythonWithScikitLearn() throws IOException, InterruptedException {
    for (String python : List.of("python3", "/usr/bin/python3")) {
      try {
        if (new ProcessBuilder(python, "-c", "import sklearn").start().waitFor() == 0) {
          return python;
        }
      } catch (IOException e) {
        // There is no such Python.
      }
    }
    ProjectHome.skipUnless(false, "no python3 with scikit-learn (Debian: python3-sklearn)");
    throw new AssertionError("skipped");
  }

  private void assertFails(int exitCode, String message, Object... options) {
    List<String> arguments = new ArrayList<>(List.of("evaluate"));
    for (Object option : options) {
      arguments.add(option.toString());
    }
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.lastError()).startsWith("onehot: ").contains(message);
  }

  /** The content of evaluation.json. */
  private String evaluation(Map<String, String> spark, String... options) throws IOException {
    Path out = folder.resolve("evaluation-" + System.nanoTime());
    List<String> all = new ArrayList<>(List.of("--out", out.toString()));
    all.addAll(List.of(options));
    CommandRun run = SparkSettings.with(spark, () -> evaluate(model, all.toArray(String[]::new)));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return Files.readString(out.resolve("evaluation.json"));
  }

  private static CommandRun evaluate(Path model, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of("evaluate", "--model", model.toString(), "--data", data.toString()));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static void succeeds(String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static double accuracy(JsonObject json) {
    return json.get("accuracy").getAsDouble();
  }

  private static JsonObject json(JsonElement element) {
    return element.getAsJsonObject();
  }

  private static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private Path copy(Path from, String name) throws IOException {
    Path to = Files.createDirectory(folder.resolve(name));
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  private static void replace(Path file, String text, String by) throws IOException {
    String content = Files.readString(file);
    assertThat(content).contains(text);
    Files.writeString(file, content.replace(text, by));
  }
}
