package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code train --checkpoint-dir}, killed in a process of its own and run again. */
class CheckpointIT {

  private static final List<String> TRAIN =
      List.of(
          "train",
          "--iterations=120",
          "--validation-fraction=0.2",
          "--patience=110",
          "--tolerance=1e-9",
          "--bias",
          "--checkpoint-every=3");

  private static Path data;

  /** What the uninterrupted run gives. */
  private static Path expected;

  /** What a killed run left. */
  private static Path killed;

  @TempDir private static Path shared;

  private Path folder;

  @BeforeAll
  static void trainOnceWholeAndOnceKilled() throws Exception {
    data = generate("data", 1024);
    expected = shared.resolve("expected");
    CommandRun run = run("--out=" + expected);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(names(shared)).containsExactlyInAnyOrder("data", "expected");

    killed = Files.createDirectory(shared.resolve("killed"));
    try (TrainingProcess process = start(killed, "--out=" + killed.resolve("model"))) {
      awaitCheckpoints(process, killed);
      assertThat(process.kill()).isEqualTo(137);
    }
    assertThat(names(killed))
        .hasSize(4)
        .contains(".model.claim")
        .anyMatch(name -> name.startsWith(".model.pending-"));
    assertThat(names(killed.resolve("ck"))).contains("training.json").hasSizeGreaterThan(2);
  }

  @BeforeEach
  void copyWhatWasLeft(TestInfo test) throws IOException {
    folder = shared.resolve(test.getDisplayName().replaceAll("\\W", ""));
    copy(killed.resolve("ck"), folder.resolve("ck"));
  }

  @Test
  void whatWasKilledIsResumedWhereItWasWithoutItsDirectoryBeingNamed() throws Exception {
    // Not a copy: what was killed is cleaned up, too.
    Path there = Files.createDirectory(shared.resolve("again"));
    try (TrainingProcess process = start(there, "--out=" + there.resolve("a/model"))) {
      awaitCheckpoints(process, there);
      process.kill();
    }
    Path left = newest(there.resolve("ck"));
    CommandRun run = run("--checkpoint-dir=" + there.resolve("ck"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            "resuming at iteration %d from file:%s"
                .formatted(Integer.parseInt(left.toString().replaceAll(".*-0*", "")), left));
    assertThat(names(there)).containsExactlyInAnyOrder("a", "err");
    assertThat(names(there.resolve("a"))).containsExactly("model");
    assertSameModel(there.resolve("a/model"));
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void aSignalSavesTheLastUpdateAndLeavesNoOutput(String signal, int exitCode) throws Exception {
    String reason =
        "skipped: whoever started the tests lets them ignore SIGINT, as shells do with &";
    assumeFalse(signal.equals("INT") && interruptsAreIgnored(), reason);
    Path there = Files.createDirectory(shared.resolve(signal));
    String out = "--out=" + there.resolve("model");
    // So seldom that only the signal can be the reason of a checkpoint.
    try (TrainingProcess process = start(there, out, "--checkpoint-every=1000")) {
      process.await("iteration", () -> process.err().contains("iteration 0/"));
      process.signal(signal);
      assertThat(process.exitCode()).isEqualTo(exitCode);
      assertThat(process.err().lines().reduce((a, b) -> b).orElseThrow())
          .isEqualTo(
              "onehot: ended by a signal; the newest checkpoint is file:%s: run the same command again to go on from it",
              newest(there.resolve("ck")));
      assertThat(process.err()).doesNotContain("ERROR", "unexpected failure");
    }
    assertThat(names(there)).containsExactlyInAnyOrder("ck", "err");
    assertThat(checkpoints(there.resolve("ck"))).hasSize(1);

    CommandRun run = run(out, "--checkpoint-dir=" + there.resolve("ck"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(names(there)).containsExactlyInAnyOrder("err", "model");
    assertSameModel(there.resolve("model"));
  }

  @Test
  void aSecondRunAtOnceIsRefusedAndHarmsNothing() throws Exception {
    Path there = Files.createDirectory(shared.resolve("at-once"));
    Path model = there.resolve("model");
    try (TrainingProcess process = start(there, "--out=" + model)) {
      awaitCheckpoints(process, there);
      process.signal("STOP");
      List<String> before = names(there.resolve("ck"));
      for (String option : List.of("--out=" + model, "--out=" + folder, "--seed=7")) {
        CommandRun second = run(option, "--checkpoint-dir=" + there.resolve("ck"));
        assertThat(second.exitCode()).as(second.err()).isEqualTo(2);
        assertThat(second.lastError())
            .matches(
                "onehot: --checkpoint-dir file:%s: run \\S+ uses it \\(process %d on \\S+, since \\S+\\); wait for its end or end it, or name another directory"
                    .formatted(there.resolve("ck"), process.pid()));
        assertThat(names(there.resolve("ck"))).isEqualTo(before);
      }
      process.signal("CONT");
      assertThat(process.exitCode()).as(process.err()).isZero();
    }
    assertThat(names(there)).containsExactlyInAnyOrder("err", "model");
    assertSameModel(model);
  }

  @Tag("long")
  @Test
  void ofTwoRunsThatStartAtTheSameMomentOneGoesOn() throws Exception {
    Path there = Files.createDirectory(shared.resolve("same-moment"));
    Path model = there.resolve("model");
    List<String> arguments = slowly(there, "--out=" + model);
    try (TrainingProcess one = new TrainingProcess(there.resolve("err"), arguments);
        TrainingProcess two = new TrainingProcess(there.resolve("err2"), arguments)) {
      assertThat(List.of(one.exitCode(), two.exitCode())).containsExactlyInAnyOrder(0, 2);
      assertThat(one.err() + two.err())
          .containsOnlyOnce("onehot: ")
          .containsPattern("onehot: --checkpoint-dir .*: run \\S+ uses it ");
    }
    // The directory stays if the one that was refused had made it.
    assertThat(names(there)).contains("model").noneMatch(name -> name.startsWith("."));
    assertThat(Files.exists(there.resolve("ck")) ? names(there.resolve("ck")) : List.of())
        .isEmpty();
    assertSameModel(model);
  }

  @Tag("long")
  @Test
  void aRunThatSleptUntilAnotherMachineTookItsPlaceEnds() throws Exception {
    Path there = Files.createDirectory(shared.resolve("machines"));
    Path model = there.resolve("model");
    try (TrainingProcess first = start(there, "--out=" + model)) {
      awaitCheckpoints(first, there);
      first.signal("STOP");
      for (Path claim : List.of(there.resolve("ck/.claim"), there.resolve(".model.claim"))) {
        String json = Files.readString(claim);
        Files.writeString(
            claim, json.replaceFirst("\"machine\": \"[^\"]+", "\"machine\": \"elsewhere"));
      }
      try (TrainingProcess second =
          new TrainingProcess(there.resolve("err2"), slowly(there, "--out=" + model))) {
        second.await("iteration", () -> second.err().contains("iteration "));
        first.signal("CONT");
        assertThat(first.exitCode()).as(first.err()).isEqualTo(2);
        assertThat(first.err().lines().filter(line -> line.startsWith("onehot: ")))
            .singleElement()
            .asString()
            .matches(
                "onehot: --checkpoint-dir file:%s: run \\S+ has taken it meanwhile \\(process %d on \\S+, since \\S+\\), and so this one ends; give each run a directory of its own"
                    .formatted(there.resolve("ck"), second.pid()));
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.err())
            .contains("resuming at iteration ", ": waiting up to 1 s for a sign of life")
            .doesNotContain("warning: ");
      }
    }
    assertThat(names(there)).containsExactlyInAnyOrder("err", "err2", "model");
    assertSameModel(model);
  }

  /** A process inherits that, and a JVM leaves it so; known on Linux only. */
  private static boolean interruptsAreIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line -> (Long.parseUnsignedLong(line.split("\\s+")[1], 16) & 2) != 0);
    }
  }

  @Test
  void aDamagedCheckpointFallsBackToTheOneBefore() throws IOException {
    Path newest = newest(folder.resolve("ck"));
    Files.write(newest, new byte[100]);
    CommandRun run = resume();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("warning: checkpoint file:" + newest, "is damaged (its SHA-256 does not fit)")
        .contains("resuming at iteration");
    assertSameModel(folder.resolve("model"));
  }

  @Test
  void withoutAnyWholeCheckpointItStartsFromTheBeginningAndSaysSo() throws IOException {
    for (Path checkpoint : checkpoints(folder.resolve("ck"))) {
      byte[] bytes = Files.readAllBytes(checkpoint);
      Files.write(checkpoint, Arrays.copyOf(bytes, bytes.length - 1));
    }
    CommandRun run = resume();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("has no checkpoint that is whole: training starts from the beginning")
        .doesNotContain("resuming");
    assertSameModel(folder.resolve("model"));
  }

  @ParameterizedTest
  @CsvSource({
    "--seed=7,         --seed 1024,         --seed 7",
    "--iterations=121, --iterations 120,    --iterations 121",
    "--no-bias,        --bias true,         --bias false",
    "--train-rows=99,  training rows 6000,  training rows 99"
  })
  void otherSettingsAreRefusedBeforeDataIsLoaded(String option, String theirs, String ours)
      throws IOException {
    List<String> before = names(folder.resolve("ck"));
    CommandRun run = resume(option);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastError())
        .isEqualTo(
            "onehot: --checkpoint-dir file:%s: its checkpoint is of a run with %s, but this one has %s; use the same settings, data and version, or another or an emptied directory",
            folder.resolve("ck"), theirs, ours);
    assertThat(run.err()).doesNotContain("training rows:");
    assertThat(names(folder)).containsExactly("ck");
    assertThat(names(folder.resolve("ck"))).isEqualTo(before);
  }

  @Test
  void otherDataAreRefusedAndTheSameDataElsewhereAreNot() throws IOException {
    Path other = generate("other", 5);
    CommandRun run = resume("--data=" + other);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.lastError())
        .contains("its checkpoint is of a run with data fingerprint ", "but this one has data")
        .contains("(it was " + data, "now it is " + other);
    assertThat(names(folder)).containsExactly("ck");

    Path same = generate("same", 1024);
    run = resume("--data=" + same);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("resuming at iteration");
    assertSameModel(folder.resolve("model"));
  }

  @Test
  void aRunThatWasKilledAfterPublishingIsComplete() throws IOException {
    Path marker = folder.resolve("ck/training.json");
    String target = "file:" + folder.resolve("model");
    Files.writeString(
        marker, Files.readString(marker).replace("file:" + killed.resolve("model"), target));
    copy(folder.resolve("ck"), folder.resolve("left"));
    assertThat(resume().exitCode()).isZero();
    copy(folder.resolve("left"), folder.resolve("ck"));

    CommandRun run = resume();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("is complete already").doesNotContain("iteration");
    assertThat(run.out())
        .contains("W1 SHA-256      " + hash(expected), "model           " + target);
    assertThat(folder.resolve("ck")).isEmptyDirectory();

    // For another output it is a run of its own.
    copy(folder.resolve("left"), folder.resolve("ck"));
    run = resume("--out=" + folder.resolve("other"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("is complete: its checkpoints go, and this is a new run")
        .doesNotContain("resuming");
    assertSameModel(folder.resolve("other"));
  }

  @Test
  void aCheckpointDirectoryThatCannotBeWrittenIsRefusedFirst() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    CommandRun run =
        CommandRun.of(
            "train", "--checkpoint-dir=" + file.resolve("ck"), "--out=" + folder.resolve("model"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastError())
        .startsWith("onehot: --checkpoint-dir " + file.resolve("ck") + ": cannot be written (");
    assertThat(run.err()).doesNotContain("training rows");
  }

  @Test
  void trainingThatDivergesLeavesNoCheckpointToResume() throws IOException {
    Path there = folder.resolve("diverged");
    CommandRun run =
        CommandRun.of(
            "train",
            "--train-rows=500",
            "--learning-rate=1e300",
            "--checkpoint-every=1",
            "--checkpoint-dir=" + there.resolve("ck"),
            "--out=" + there.resolve("model"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.lastError()).contains("training diverged");
    assertThat(there).doesNotExist();
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    CommandRun run =
        CommandRun.of("train", "--checkpoint-every=0", "--checkpoint-dir=x", "--out=x");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .hasLineCount(1)
        .contains("--checkpoint-every must be at least 1, not 0")
        .contains("--checkpoint-dir and --out are both x");

    Path both = shared.resolve("both");
    run = CommandRun.of("train", "--checkpoint-dir=" + both, "--out=file://" + both);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastError()).contains("--checkpoint-dir and --out are both file:" + both);
    assertThat(both).doesNotExist();
  }

  private CommandRun resume(String... options) {
    List<String> all = new ArrayList<>();
    all.add("--out=" + folder.resolve("model"));
    all.add("--checkpoint-dir=" + folder.resolve("ck"));
    all.addAll(List.of(options));
    return run(all.toArray(String[]::new));
  }

  private static CommandRun run(String... options) {
    return CommandRun.of(arguments(options).toArray(String[]::new));
  }

  private static TrainingProcess start(Path there, String... options) throws IOException {
    return new TrainingProcess(there.resolve("err"), slowly(there, options));
  }

  private static List<String> slowly(Path there, String... options) {
    List<String> arguments = arguments(options);
    arguments.add("--checkpoint-dir=" + there.resolve("ck"));
    // Changes no bit, but makes it so slow that it cannot be over before it is killed.
    arguments.add("--partitions=12");
    return arguments;
  }

  /** The last of an option given twice wins. */
  private static List<String> arguments(String... options) {
    List<String> arguments = new ArrayList<>(TRAIN);
    arguments.add("--data=" + data);
    for (String option : options) {
      String name = option.split("=")[0].replace("--no-", "--");
      arguments.removeIf(argument -> argument.split("=")[0].equals(name));
      arguments.add(option);
    }
    return arguments;
  }

  private static Path generate(String name, int seed) {
    Path directory = shared.resolve(name);
    CommandRun run =
        CommandRun.of(
            "generate", "--out=" + directory, "--rows=6000", "--test-rows=10", "--seed=" + seed);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return directory;
  }

  private static void awaitCheckpoints(TrainingProcess process, Path there)
      throws IOException, InterruptedException {
    Path checkpoint = there.resolve("ck/checkpoint-0000000012");
    process.await("checkpoints", () -> Files.exists(checkpoint));
  }

  private static void assertSameModel(Path model) throws IOException {
    assertThat(hash(model)).isEqualTo(hash(expected));
    assertThat(Files.readAllBytes(model.resolve("b1.npy")))
        .isEqualTo(Files.readAllBytes(expected.resolve("b1.npy")));
    assertThat(metrics(model)).isEqualTo(metrics(expected));
  }

  private static String hash(Path model) throws IOException {
    return JsonParser.parseString(Files.readString(model.resolve("run.json")))
        .getAsJsonObject()
        .get("w1Sha256")
        .getAsString();
  }

  /** All lines but their milliseconds. */
  private static List<JsonObject> metrics(Path model) throws IOException {
    List<JsonObject> lines = new ArrayList<>();
    for (String line : Files.readAllLines(model.resolve("metrics.jsonl"))) {
      JsonObject metrics = JsonParser.parseString(line).getAsJsonObject();
      metrics.remove("milliseconds");
      lines.add(metrics);
    }
    return lines;
  }

  private static Path newest(Path ck) throws IOException {
    return checkpoints(ck).stream().max(Comparator.naturalOrder()).orElseThrow();
  }

  private static List<Path> checkpoints(Path ck) throws IOException {
    try (Stream<Path> files = Files.list(ck)) {
      return files.filter(file -> file.getFileName().toString().startsWith("checkpoint-")).toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
