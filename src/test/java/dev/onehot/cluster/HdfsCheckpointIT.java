package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.cluster.ClusterTraining.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --checkpoint-dir} on a real HDFS, of drivers that are processes of their own. */
@ExtendWith(SharedFixtures.class)
class HdfsCheckpointIT {

  private static final Map<String, String> SPARK =
      Map.of("spark.master", "local[2]", "spark.ui.enabled", "false");
  private static final int ITERATIONS = 120;

  @TempDir private static java.nio.file.Path folder;
  private static LocalHdfs hdfs;
  private static ClusterTraining training;
  private static String expected;

  /** Everything that a test writes is below it. */
  private String there;

  private String checkpoints;
  private String model;

  @BeforeAll
  static void startHdfs(SharedDigits digits) throws IOException {
    hdfs = LocalHdfs.start(folder.resolve("hdfs"));
    training = digits.training(folder, ITERATIONS);
    expected = digits.expected(ITERATIONS);
    training = training.reading(hdfs.copy(training.data(), "/digits"));
  }

  @AfterAll
  static void stopHdfs() {
    if (hdfs != null) {
      hdfs.close();
    }
  }

  @BeforeEach
  void makeADirectory(TestInfo test) throws IOException {
    there = hdfs.root() + "/" + test.getDisplayName().replaceAll("\\W", "");
    checkpoints = there + "/checkpoints";
    model = there + "/model";
    hdfs.files().mkdirs(new Path(there));
  }

  @Test
  void aKilledDriverIsResumedToTheSameBits() throws Exception {
    killInMidTraining();
    SubmitScript again = submit(10);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).containsPattern("resuming at iteration \\d+ from " + checkpoints);
    assertOnlyTheModelIsLeft();
  }

  @Tag("long")
  @Test
  void aDamagedCheckpointFallsBackToTheOneBefore() throws Exception {
    killInMidTraining();
    List<String> left = checkpointNames();
    String newest = checkpoints + "/" + left.get(left.size() - 1);
    byte[] bytes = hdfs.bytes(newest);
    bytes[bytes.length / 2] ^= 1;
    try (OutputStream out = hdfs.files().create(new Path(newest), true)) {
      out.write(bytes);
    }
    Outcome outcome = checkpointing(10).trainHere(model, SPARK, line -> {});
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains(
            "warning: checkpoint %s is damaged (its SHA-256 does not fit); passed over"
                .formatted(newest))
        .containsPattern(
            "resuming at iteration \\d+ from " + checkpoints + "/" + left.get(left.size() - 2));
    assertOnlyTheModelIsLeft();
  }

  @Tag("long")
  @Test
  void aSignalSavesTheLastUpdateBeforeTheFileSystemIsClosed() throws Exception {
    // So seldom that only the signal can be the reason of a checkpoint.
    SubmitScript submit = submit(1000);
    submit.await("an iteration", () -> submit.err().contains("iteration 0/"));
    ClusterEvents.signal("TERM", submit.spark());
    assertThat(submit.exitCode()).isEqualTo(143);
    assertThat(hdfs.names(there)).containsExactly("checkpoints");
    List<String> left = checkpointNames();
    assertThat(left).hasSize(1);
    String saved = checkpoints + "/" + left.get(0);
    assertThat(lastLine(submit.err()))
        .isEqualTo(
            "onehot: ended by a signal; the newest checkpoint is %s: run the same command again to go on from it",
            saved);
    assertThat(submit.err()).doesNotContain("warning: ", "ERROR", "Exception");

    Outcome outcome = checkpointing(1000).trainHere(model, SPARK, line -> {});
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).containsPattern("resuming at iteration [1-9]\\d* from " + saved);
    assertOnlyTheModelIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/checkpoints", "/checkpoints/not/yet"})
  void aDirectoryOfSomebodyElseIsRefusedBeforeTraining(String directory) throws Exception {
    hdfs.files().mkdirs(new Path(checkpoints));
    hdfs.files().setPermission(new Path(checkpoints), new FsPermission("555"));
    hdfs.files().setPermission(new Path(there), new FsPermission("777"));
    assertRefused(
        directory,
        Map.of("spark.driver.extraJavaOptions", "-DHADOOP_USER_NAME=nobody"),
        "Permission denied: user=nobody, access=WRITE, inode=\"%s\":%s:supergroup:dr-xr-xr-x"
            .formatted(new Path(checkpoints).toUri().getPath(), System.getProperty("user.name")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/checkpoints", "/checkpoints/not/yet"})
  void aNameNodeInSafeModeIsRefusedBeforeTraining(String directory) throws Exception {
    hdfs.files().mkdirs(new Path(checkpoints));
    hdfs.safeMode(true);
    try {
      assertRefused(directory, Map.of(), "Name node is in safe mode.");
    } finally {
      hdfs.safeMode(false);
    }
  }

  private void assertRefused(String directory, Map<String, String> spark, String reason)
      throws Exception {
    Map<String, String> all = new HashMap<>(SPARK);
    all.putAll(spark);
    SubmitScript submit =
        SubmitScript.start(
            folder, training.with("--checkpoint-dir=" + there + directory).command(model, all));
    assertThat(submit.exitCode()).as(submit.err()).isEqualTo(2);
    assertThat(submit.err().lines().filter(line -> line.startsWith("onehot: ")))
        .containsExactly(
            "onehot: --checkpoint-dir %s: cannot be written (%s); name a directory that can be created and written"
                .formatted(there + directory, reason));
    assertThat(submit.err()).doesNotContain("training rows");
    assertThat(hdfs.names(there)).containsExactly("checkpoints");
    assertThat(hdfs.names(checkpoints)).isEmpty();
  }

  private void killInMidTraining() throws Exception {
    SubmitScript submit = submit(10);
    submit.await("two checkpoints", () -> checkpointNames().size() >= 2);
    submit.spark().destroyForcibly();
    assertThat(submit.exitCode()).isEqualTo(137);
    assertThat(hdfs.names(there))
        .hasSize(3)
        .contains("checkpoints", ".model.claim")
        .anyMatch(name -> name.startsWith(".model.pending-"));
  }

  private SubmitScript submit(int every) throws IOException {
    return SubmitScript.start(folder, checkpointing(every).command(model, SPARK));
  }

  private ClusterTraining checkpointing(int every) {
    return training.with("--checkpoint-dir=" + checkpoints, "--checkpoint-every=" + every);
  }

  /** The oldest first. */
  private List<String> checkpointNames() throws IOException {
    return hdfs.names(checkpoints).stream()
        .filter(name -> name.startsWith("checkpoint-"))
        .sorted()
        .toList();
  }

  private void assertOnlyTheModelIsLeft() throws IOException {
    assertThat(hdfs.w1Sha256(model)).isEqualTo(expected);
    assertThat(hdfs.names(there)).containsExactly("model");
  }

  private static String lastLine(String text) {
    return text.lines().reduce((first, second) -> second).orElse("");
  }
}
