package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.onehot.cluster.ClusterTraining.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input and models on a real HDFS: read by executors of a real cluster, published by a rename. */
class HdfsIT {

  @TempDir private static java.nio.file.Path folder;
  private static MiniDFSCluster hdfs;
  private static FileSystem files;
  private static String root;
  private static ClusterTraining training;
  private static String expected;

  @BeforeAll
  static void startHdfs() throws IOException {
    Configuration conf = new Configuration();
    conf.set("dfs.datanode.address", "127.0.0.1:0");
    conf.set("dfs.datanode.http.address", "127.0.0.1:0");
    conf.set("dfs.datanode.ipc.address", "127.0.0.1:0");
    conf.set("dfs.namenode.http-address", "127.0.0.1:0");
    hdfs =
        new MiniDFSCluster.Builder(conf, folder.resolve("hdfs").toFile()).numDataNodes(1).build();
    hdfs.waitActive();
    files = hdfs.getFileSystem();
    root = hdfs.getURI().toString();
    training = ClusterTraining.of(folder, 8);
    expected = training.expected();
    files.copyFromLocalFile(new Path(training.data()), new Path(root + "/digits"));
    training = training.reading(root + "/digits");
  }

  @AfterAll
  static void stopHdfs() throws IOException {
    if (hdfs != null) {
      hdfs.shutdown();
    }
  }

  @Test
  void aClusterReadsFromItAndTheModelIsPublishedThere() throws IOException {
    String model = root + "/models/cluster";
    try (StandaloneCluster cluster =
        StandaloneCluster.start(folder.resolve("cluster"), 1, Map.of())) {
      Outcome outcome =
          training.trainHere(model, ClusterTraining.on(cluster, Map.of()), line -> {});
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }
    assertThat(w1Sha256(model)).isEqualTo(expected);
    assertThat(names(model)).contains("W1.npy", "model.json", "metrics.jsonl", "run.json");
    assertThat(names(root + "/models")).containsExactly("cluster");
  }

  @Test
  void aFailedTrainingLeavesNothingAndAnEmptyDirectoryIsTaken() throws IOException {
    String model = root + "/other/model";
    files.mkdirs(new Path(model));
    Map<String, String> spark = Map.of("spark.master", "local[2]");
    Outcome failed = training.reading(root + "/nowhere").trainHere(model, spark, line -> {});
    assertThat(failed.exitCode()).isEqualTo(3);
    assertThat(failed.err()).contains("/nowhere: no such folder");
    assertThat(names(root + "/other")).containsExactly("model");

    Outcome trained = training.trainHere(model, spark, line -> {});
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(w1Sha256(model)).isEqualTo(expected);

    Outcome again = training.trainHere(model, spark, line -> {});
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("exists and isn't empty");
    assertThat(w1Sha256(model)).isEqualTo(expected);
  }

  private static String w1Sha256(String model) throws IOException {
    try (InputStream in = files.open(new Path(model, "run.json"))) {
      return JsonParser.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .getAsJsonObject()
          .get("w1Sha256")
          .getAsString();
    }
  }

  private static Stream<String> names(String directory) throws IOException {
    return Stream.of(files.listStatus(new Path(directory))).map(file -> file.getPath().getName());
  }
}
