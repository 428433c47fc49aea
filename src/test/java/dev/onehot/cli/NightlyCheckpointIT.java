package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.nightly.NightRecord;
import dev.onehot.nightly.NightRecord.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nightly --max-minutes}: a night whose time is up, and the run after it. */
class NightlyCheckpointIT {

  private static final String DATE = "2026-11-30";
  private static final double SHORTEST_MINUTES = 0.001;

  @TempDir private static Path shared;

  private static NightlyRegistry interrupted;
  private static CommandRun end;

  /** What a run makes whose time is not up. */
  private static String expected;

  private NightlyRegistry registry;

  @BeforeAll
  static void runUntilTheTimeIsUpAndOnceWhole() throws IOException {
    for (String name : List.of(DATE, "other")) {
      CommandRun run =
          CommandRun.of(
              "generate",
              "--out=" + shared.resolve("in/" + name),
              "--rows=800",
              "--test-rows=200",
              "--seed=" + name.hashCode());
      assertThat(run.exitCode()).as(run.err()).isZero();
    }
    String[] data = {
      "--data=" + shared.resolve("in/{date}"),
      // No bit depends on them, but they make an iteration slow.
      "--partitions=8",
      "--iterations=150",
      // So seldom that only the end can be the reason of a checkpoint.
      "--checkpoint-every=1000"
    };
    NightlyRegistry whole = NightlyRegistry.of(shared.resolve("whole"), data);
    assertThat(whole.night(DATE).exitCode()).isZero();
    expected = whole.w1Sha256(1);

    interrupted = NightlyRegistry.of(shared.resolve("interrupted"), data);
    double minutes = SHORTEST_MINUTES;
    do {
      // However slow this machine is: the first time that is enough to begin to train.
      end = interrupted.night(DATE, "--max-minutes=" + minutes);
      minutes *= 1.5;
    } while (end.exitCode() == 75 && end.err().contains("the next run begins anew"));
  }

  @BeforeEach
  void copy() throws IOException {
    registry = interrupted.copy(Files.createTempDirectory(shared, "registry").resolve("copy"));
  }

  @Test
  void theRunEndsInOrderWithACheckpoint() throws IOException {
    assertThat(end.exitCode()).as(end.err()).isEqualTo(75);
    assertThat(end.lastError())
        .matches(
            "onehot: --max-minutes [0-9.]+: the time is up; the next run goes on after \\d+ updates, from \\S+/checkpoints/%s/checkpoint-\\d+"
                .formatted(DATE));
    assertThat(registry.names("versions")).isEmpty();
    assertThat(registry.names("checkpoints/" + DATE)).hasSize(2).contains("training.json");
    assertThat(registry.names("")).doesNotContain(".lock");
    NightRecord night = registry.last();
    assertThat(night.status()).isEqualTo(Status.INTERRUPTED);
    assertThat(night.exitCode()).isEqualTo(75);
    assertThat(night.message()).startsWith("max-minutes ").contains("the next run goes on after");
    assertThat(registry.history()).extracting(NightRecord::status).containsOnly(Status.INTERRUPTED);
  }

  @Test
  void theNextRunGoesOnAndEndsWithTheSameBits() throws IOException {
    CommandRun run = registry.night(DATE);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("resuming at iteration ").contains("/checkpoints/" + DATE);
    assertThat(registry.w1Sha256(1)).isEqualTo(expected);
    registry.assertTidy();
  }

  @Test
  void aCheckpointOfOtherSettingsIsLeftAndSaidToBe() throws IOException {
    CommandRun run = registry.night(DATE, "--seed=7", "--iterations=15");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("its checkpoint is of ", ": training starts from the beginning")
        .doesNotContain("resuming");
    registry.assertTidy();
  }

  @Test
  void aCheckpointOfOtherRowsIsLeftAndSaidToBe() throws IOException {
    Path other = Files.createTempDirectory(shared, "rows");
    copy(shared.resolve("in/other"), Files.createDirectory(other.resolve(DATE)));
    CommandRun run = registry.night(DATE, "--data=" + other.resolve("{date}"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("its checkpoint is of ", "data fingerprint", ": training starts from the beginn")
        .doesNotContain("resuming");
    assertThat(registry.w1Sha256(1)).isNotEqualTo(expected);
    registry.assertTidy();
  }

  @Test
  void aNightThatIsDoneRemovesTheCheckpointsOfFormerOnes() throws IOException {
    Path next = Files.createTempDirectory(shared, "next");
    copy(shared.resolve("in/other"), Files.createDirectory(next.resolve("2026-12-01")));
    CommandRun run =
        registry.night("2026-12-01", "--data=" + next.resolve("{date}"), "--iterations=15");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(registry.names("versions")).containsExactly("000001");
    registry.assertTidy();
  }

  @Test
  void aTimeThatIsUpBeforeTrainingSaysThatNothingIsKept() throws IOException {
    Path empty = Files.createTempDirectory(shared, "empty");
    NightlyRegistry fresh = new NightlyRegistry(empty.resolve("registry"), registry.data());
    CommandRun run = fresh.nightWithoutSpark(DATE, "--max-minutes=0.00001");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(75);
    assertThat(run.lastError())
        .matches("onehot: --max-minutes [-0-9.E]+: the time is up; the next run begins anew");
    // The number of a version that was not made is for the next run.
    assertThat(fresh.last().version()).isNull();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
