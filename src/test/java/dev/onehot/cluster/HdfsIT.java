package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.cluster.ClusterTraining.Outcome;
import dev.onehot.storage.PublishedDirectory;
import dev.onehot.storage.Races;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Input and models on a real HDFS: read by executors of a real cluster, published by a rename. */
@ExtendWith(SharedFixtures.class)
class HdfsIT {

  @TempDir private static java.nio.file.Path folder;
  private static LocalHdfs hdfs;
  private static ClusterTraining training;
  private static String expected;

  @BeforeAll
  static void startHdfs(SharedDigits digits) throws IOException {
    hdfs = LocalHdfs.start(folder.resolve("hdfs"));
    training = digits.training(folder, 8);
    expected = digits.expected(8);
    training = training.reading(hdfs.copy(training.data(), "/digits"));
  }

  @AfterAll
  static void stopHdfs() {
    if (hdfs != null) {
      hdfs.close();
    }
  }

  @Test
  void aClusterReadsFromItAndTheModelIsPublishedThere(StandaloneCluster cluster)
      throws IOException {
    String model = hdfs.root() + "/models/cluster";
    Outcome outcome = training.trainHere(model, ClusterTraining.on(cluster, Map.of()), line -> {});
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(hdfs.w1Sha256(model)).isEqualTo(expected);
    assertThat(hdfs.names(model))
        .contains("W1.npy", "model.onnx", "model.json", "metrics.jsonl", "run.json");
    assertThat(hdfs.names(hdfs.root() + "/models")).containsExactly("cluster");
  }

  @Test
  void aModelThereScoresRowsThereAndThePredictionsArePublishedThere() throws IOException {
    String models = hdfs.root() + "/predicting";
    Map<String, String> spark = Map.of("spark.master", "local[2]");
    Outcome trained = training.trainHere(models + "/model", spark, line -> {});
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    List<String> command =
        List.of(
            "predict",
            "--model=" + models + "/model",
            "--input=" + training.data() + "/t10k-images*",
            "--partitions=2");
    String there = models + "/predictions";
    Outcome predicted = ClusterTraining.run(spark, line -> {}, with(command, "--out=" + there));
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(hdfs.names(there)).containsExactly("_SUCCESS", "part-00000.csv");
    assertThat(hdfs.names(models)).containsExactlyInAnyOrder("model", "predictions");

    java.nio.file.Path here = folder.resolve("predictions");
    ClusterTraining.run(spark, line -> {}, with(command, "--out=" + here));
    assertThat(hdfs.bytes(there + "/part-00000.csv"))
        .isEqualTo(Files.readAllBytes(here.resolve("part-00000.csv")));
  }

  @Test
  void aRegistryThereHasNightsAndPromotionsLikeAnyOther() throws IOException {
    String registry = hdfs.root() + "/registry";
    Map<String, String> spark = Map.of("spark.master", "local[2]");
    List<String> night =
        List.of(
            "nightly",
            "--registry=" + registry,
            "--data=" + training.data(),
            "--train-rows=1000",
            "--iterations=8");
    for (String date : List.of("2026-11-29", "2026-11-30", "2026-11-30")) {
      Outcome outcome = ClusterTraining.run(spark, line -> {}, with(night, "--run-date=" + date));
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }
    assertThat(hdfs.names(registry)).containsExactly("champion", "history", "versions");
    assertThat(hdfs.names(registry + "/versions")).containsExactly("000001", "000002");
    assertThat(hdfs.names(registry + "/champion")).containsExactly("000001.json", "000002.json");
    assertThat(hdfs.names(registry + "/history")).containsExactly("000001.json", "000002.json");

    List<String> promote = List.of("models", "promote", "1", "--registry=" + registry);
    Outcome promoted = ClusterTraining.run(spark, line -> {}, with(promote, "--expect=2"));
    assertThat(promoted.exitCode()).as(promoted.err()).isZero();
    Outcome late = ClusterTraining.run(spark, line -> {}, with(promote, "--expect=2"));
    assertThat(late.exitCode()).isEqualTo(75);
    assertThat(late.err()).contains("--expect 2: version 1 is the champion now, promoted by ");
    Outcome pruned =
        ClusterTraining.run(
            spark,
            line -> {},
            List.of(
                "models", "prune", "--registry=" + registry, "--keep-promoted=1", "--grace=0s"));
    assertThat(pruned.exitCode()).as(pruned.err()).isZero();
    assertThat(hdfs.names(registry + "/versions")).containsExactly("000001");
  }

  private static List<String> with(List<String> command, String option) {
    return Stream.concat(command.stream(), Stream.of(option)).toList();
  }

  @Test
  void ofTwoRunsThatPublishAtOnceOneSucceedsAndTheOtherLeavesNothing() throws Exception {
    // The name node warns of every loser.
    Configurator.setLevel("org.apache.hadoop.hdfs.StateChange", Level.ERROR);
    Path there = new Path(hdfs.root() + "/races");
    hdfs.files().mkdirs(there);
    try (Races races = new Races(there, hdfs.files().getConf())) {
      races.rename(300);
      // Closing a file takes a client of HDFS up to half a second.
      races.claim(6);
      races.publish(5);
      races.replace(5);
    }
  }

  @Test
  void anExistingDirectoryStaysTheSameAndIsFilled() throws IOException {
    Path model = new Path(hdfs.root() + "/existing");
    hdfs.files().mkdirs(model);
    hdfs.files().setPermission(model, new FsPermission("751"));
    FileStatus before = hdfs.files().getFileStatus(model);
    try (PublishedDirectory output =
        PublishedDirectory.claim(model, "a-run", hdfs.files().getConf(), line -> {})) {
      output.write("run.json", new byte[1]);
      output.publish();
    }
    FileStatus after = hdfs.files().getFileStatus(model);
    assertThat(hdfs.names(model.toString())).containsExactly("run.json");
    assertThat(after.getPermission()).isEqualTo(before.getPermission());
    assertThat(((HdfsFileStatus) after).getFileId())
        .isEqualTo(((HdfsFileStatus) before).getFileId());
  }

  @Test
  void aColonIsRefusedAtOnce() throws IOException {
    String model = hdfs.root() + "/models/04:05";
    Outcome outcome = training.trainHere(model, Map.of("spark.master", "local[2]"), line -> {});
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("--out %s: cannot be written (HDFS allows no colon in a name)".formatted(model))
        .doesNotContain("training rows");
  }

  @Test
  void aFailedTrainingLeavesNothingAndAnEmptyDirectoryIsTaken() throws IOException {
    String other = hdfs.root() + "/other";
    String model = other + "/model";
    hdfs.files().mkdirs(new Path(model));
    Map<String, String> spark = Map.of("spark.master", "local[2]");
    Outcome failed = training.reading(hdfs.root() + "/nowhere").trainHere(model, spark, line -> {});
    assertThat(failed.exitCode()).isEqualTo(3);
    assertThat(failed.err()).contains("/nowhere: no such folder");
    assertThat(hdfs.names(other)).containsExactly("model");

    Outcome trained = training.trainHere(model, spark, line -> {});
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(hdfs.w1Sha256(model)).isEqualTo(expected);

    Outcome again = training.trainHere(model, spark, line -> {});
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("exists and isn't empty");
    assertThat(hdfs.w1Sha256(model)).isEqualTo(expected);
  }
}
