package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.job.ProcessVerdict;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictFileTest {

  private static final String OF_ANOTHER_RUN =
      new ProcessVerdict(1, "succeeded", 0, null, "train", "then", "then", null, "other").json();

  @TempDir Path folder;
  private Path file;
  private Path nowhere;

  @BeforeEach
  void namePaths() {
    file = folder.resolve("a b/verdict.json");
    nowhere = folder.resolve("nowhere");
  }

  @Test
  void aFailureLeavesItsExitCodeAndTheLineThatTheUserSees() throws IOException {
    Instant before = Instant.now();
    CommandRun run = CommandRun.of("models", "verify", nowhere.toString(), "--verdict=" + file);

    ProcessVerdict verdict = verdict();
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(verdict.exitCode()).isEqualTo(3);
    assertThat(verdict.status()).isEqualTo("failed");
    assertThat(verdict.command()).isEqualTo("models verify");
    assertThat("onehot: " + verdict.message()).isEqualTo(run.lastError());
    assertThat(Instant.parse(verdict.started())).isBetween(before, Instant.parse(verdict.ended()));
    assertThat(Files.readString(file)).startsWith("{\n  \"format\": 1,\n").endsWith("}\n");
  }

  @Test
  void aSuccessLeavesZeroAndNoLine() throws IOException {
    CommandRun run = CommandRun.of("completion", "--verdict", file.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(verdict().exitCode()).isZero();
    assertThat(verdict().status()).isEqualTo("succeeded");
    assertThat(verdict().message()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "train --iteratoins=3, --iteratoins",
    "train --iterations=many, many",
    "train --iterations=0, --iterations must be",
    "train --config=/no/such, --config /no/such: cannot be read",
    "trian, trian",
  })
  void wrongUsageLeavesAVerdict(String command, String message) throws IOException {
    CommandRun run = CommandRun.of((command + " --verdict=" + file).split(" (?!b/)"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(verdict().exitCode()).isEqualTo(2);
    assertThat(verdict().message()).contains(message);
    assertThat(run.err()).isEqualTo("onehot: " + verdict().message() + System.lineSeparator());
    assertThat(verdict().command()).isEqualTo(command.startsWith("trian") ? null : "train");
  }

  @Test
  void aPasswordInTheLineIsNotInTheVerdict() throws IOException {
    CommandRun.of("models", "verify", "s3a://AKIA:hunter2@bucket/x", "--verdict=" + file);

    assertThat(verdict().message()).contains("@bucket");
    assertThat(Files.readString(file)).doesNotContain("hunter2");
  }

  @Test
  void theVerdictOfAnEarlierRunIsGoneWhateverHappens() throws IOException {
    Files.createDirectory(file.getParent());
    Files.writeString(file, OF_ANOTHER_RUN);

    CommandRun.of("train", "--config=/no/such", "--verdict=" + file);
    assertThat(verdict().exitCode()).isEqualTo(2);

    Files.writeString(file, OF_ANOTHER_RUN);
    onFullDisk("models", "verify", nowhere.toString(), "--verdict=full:" + file);
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-V"})
  void whoAsksForHelpLeavesNothing(String option) {
    assertThat(CommandRun.of("train", option, "--verdict=" + file).exitCode()).isZero();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aVerdictThatCannotBeWrittenIsSaidBeforeAnythingIsDone() throws IOException {
    Files.writeString(folder.resolve("a b"), "no folder");
    for (Path path : new Path[] {file, folder}) {
      CommandRun run = CommandRun.of("completion", "--verdict=" + path);

      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .hasLineCount(1)
          .startsWith("onehot: --verdict " + path + ": cannot be written (")
          .contains("; name a file that can be written");
    }
  }

  @Test
  void aVerdictThatIsLostAtTheEndTurnsSuccessIntoFailureAndFailureIntoNothingElse() {
    CommandRun done = onFullDisk("completion", "--verdict=full:" + file);
    assertThat(done.exitCode()).isEqualTo(1);
    assertThat(done.err())
        .isEqualTo(
            "onehot: --verdict full:"
                + file
                + ": could not be written (No space left on device); the command itself has done its work"
                + System.lineSeparator());

    CommandRun failed =
        onFullDisk("models", "verify", nowhere.toString(), "--verdict=full:" + file);
    assertThat(failed.exitCode()).isEqualTo(3);
    assertThat(failed.lastError())
        .isEqualTo(
            "warning: --verdict full:%s: could not be written (No space left on device)", file);
  }

  @Test
  void submitShFindsTheVerdictOfItsRunAlone() {
    String place = file.toString();
    submitted("one", null, "models", "verify", nowhere.toString(), "--verdict=" + file);

    assertThat(LeftVerdict.answer(true, place, "one"))
        .startsWith("onehot-verdict 3 " + nowhere + ": ");
    assertThat(LeftVerdict.answer(true, place, "two")).startsWith("onehot-no-verdict ");
    assertThat(LeftVerdict.answer(true, nowhere.toString(), "one"))
        .startsWith("onehot-no-verdict ");
    assertThat(LeftVerdict.answer(true, "nofs://a/b", "one"))
        .startsWith("onehot-no-verdict ")
        .hasLineCount(1);
  }

  @Test
  void withoutAFileAFailureLeavesAVerdictBesideTheOutputUntilItIsRead() throws IOException {
    String output = folder.resolve("models/new/out").toString();
    submitted("one", output, "completion");
    assertThat(folder).isEmptyDirectory();

    submitted("one", output, "models", "verify", nowhere.toString());
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).singleElement().asString().contains("/.onehot-verdict-one");
    }
    // Another run has made the folder meanwhile.
    Files.createDirectories(folder.resolve("models/new"));

    assertThat(LeftVerdict.answer(false, output, "two")).startsWith("onehot-no-verdict ");
    assertThat(LeftVerdict.answer(false, output, "one")).startsWith("onehot-verdict 3 ");
    assertThat(LeftVerdict.answer(false, output, "one")).startsWith("onehot-no-verdict ");
  }

  /** YARN's application master reads the exit code from such an exception. */
  @Test
  void sparkKnowsItsOwnNameForAnExitCode() {
    assertThat(ProcessEnd.exception(3)).hasFieldOrPropertyWithValue("exitCode", 3);
  }

  private ProcessVerdict verdict() throws IOException {
    return ProcessVerdict.parse(Files.readString(file));
  }

  private static CommandRun submitted(String run, String output, String... arguments) {
    Map<String, String> settings =
        output == null
            ? Map.of(VerdictPlace.RUN, run)
            : Map.of(VerdictPlace.RUN, run, VerdictPlace.OUTPUT, output);
    return SparkSettings.with(settings, () -> CommandRun.of(arguments));
  }

  private static CommandRun onFullDisk(String... arguments) {
    return SparkSettings.with(
        Map.of("spark.hadoop.fs.full.impl", FullDisk.class.getName()),
        () -> CommandRun.of(arguments));
  }

  /** Local files behind URIs like {@code full:/path}, without room for new ones. */
  public static final class FullDisk extends RawLocalFileSystem {

    @Override
    public URI getUri() {
      return URI.create("full:///");
    }

    @Override
    public FSDataOutputStream createNonRecursive(
        org.apache.hadoop.fs.Path path,
        FsPermission permission,
        EnumSet<CreateFlag> flags,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      throw new IOException("No space left on device");
    }
  }
}
