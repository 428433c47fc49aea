package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import dev.onehot.Onehot;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code generate} as a user runs it. */
class GenerateCommandIT {

  @TempDir private Path folder;

  @Test
  void theDefaultsAreTheDigitsThatTrainFallsBackOn() throws IOException {
    Path digits = folder.resolve("digits");
    CommandRun run = CommandRun.of("generate", "--out=" + digits, "--shards=3");
    assertThat(run.exitCode()).as(run.err()).isZero();

    assertThat(trainedOn("--data=" + digits)).isEqualTo(trainedOn());
  }

  @Test
  void theSummarySaysWhatWasWrittenAndWhere() throws IOException {
    Path digits = folder.resolve("digits");
    CommandRun run = generate(digits, "--rows=1000", "--test-rows=300", "--shards=2", "--seed=-5");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("(?m)^peak memory     \\d+\\.\\d MB");
    assertThat(run.out().lines().filter(line -> !line.matches("(time|peak memory) .*")))
        .containsExactly(
            "train rows      1,000 in 2 shards",
            "test rows       300 in 1 shard",
            "seed            -5",
            "size            1.0 MB in 6 files",
            "directory       " + digits);
    assertThat(run.err()).startsWith("writing 1,300 rows into 6 files, 1.0 MB");
    assertThat(names(digits)).hasSize(6);
  }

  @Test
  void digitsWithoutTestRowsCanBeTrainedOn() throws IOException {
    Path digits = folder.resolve("digits");
    assertThat(generate(digits, "--rows=600", "--test-rows=0").exitCode()).isZero();

    assertThat(trainedOn("--train=" + digits.resolve("train-images-idx3-ubyte")))
        .isEqualTo(trainedOn("--train-rows=600"));
  }

  @Test
  void everythingWrongIsSaidAtOnceAndNothingIsWritten() throws IOException {
    CommandRun run = generate(folder.resolve("digits"), "--rows=0", "--test-rows=-1", "--shards=0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("onehot: --rows must be 1 to ")
        .contains("; --test-rows must be 0 to ", "; --shards must be 1 to ")
        .hasLineCount(1);
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void anOutputIsAskedFor() {
    CommandRun run = CommandRun.of("generate");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("onehot: Missing required option: '--out=DIR'");
  }

  @Test
  void aDirectoryThatIsNotEmptyIsRefusedUntouched() throws IOException {
    Files.writeString(folder.resolve("mine"), "kept");

    CommandRun run = generate(folder, "--rows=100");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.lastError()).contains(folder + ": exists and isn't empty (it holds mine)");
    assertThat(names(folder)).containsExactly("mine");
    assertThat(folder.resolve("mine")).hasContent("kept");
  }

  /** The limit on the length of files stands in for a full disk: both fail in the midst. */
  @Test
  void aFileThatCannotBeWrittenToItsEndFailsInOneLineAndLeavesNothing() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: there is no /bin/bash");
    Path out = folder.resolve("above/digits");
    List<String> command =
        new ArrayList<>(List.of("/bin/bash", "-c", "ulimit -f 2000 && exec \"$@\"", "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-Dspark.master=local[2]",
            "-cp",
            System.getProperty("java.class.path"),
            Onehot.class.getName(),
            "generate",
            "--out=" + out,
            "--rows=20000",
            "--shards=4"));
    Path err = Files.createTempFile("generate", ".err");
    try {
      Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
      String results =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

      List<String> lines = Files.readAllLines(err);
      assertThat(process.waitFor()).as("%s", lines).isEqualTo(1);
      assertThat(results).isEmpty();
      assertThat(lines.get(lines.size() - 1))
          .startsWith("onehot: --out file:" + out + ": writing t")
          .endsWith(" failed (File too large); nothing was published");
      assertThat(names(folder)).isEmpty();
    } finally {
      Files.delete(err);
    }
  }

  private static CommandRun generate(Path out, String... options) {
    List<String> arguments = new ArrayList<>(List.of("generate", "--out=" + out));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  /** The hash of the weights after a few iterations. */
  private String trainedOn(String... options) throws IOException {
    Path model = folder.resolve("model-" + System.nanoTime());
    List<String> arguments = new ArrayList<>(List.of("train", "--iterations=3", "--out=" + model));
    arguments.addAll(List.of(options));
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return JsonParser.parseString(Files.readString(model.resolve("run.json")))
        .getAsJsonObject()
        .get("w1Sha256")
        .getAsString();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
