package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.onehot.cluster.ClusterTraining.Outcome;
import dev.onehot.storage.LocalS3;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Models and checkpoints in a store that speaks S3, by the commands themselves. */
@ExtendWith(SharedFixtures.class)
class ObjectStoreTrainingIT {

  @TempDir private static java.nio.file.Path folder;
  private static LocalS3 s3;
  private static FileSystem files;
  private static Map<String, String> spark;
  private static ClusterTraining training;
  private static String expected;

  @BeforeAll
  static void startS3(SharedDigits digits) throws Exception {
    s3 = LocalS3.start();
    files = new Path(s3.root() + "/").getFileSystem(s3.hadoop());
    spark = new TreeMap<>(Map.of("spark.master", "local[2]"));
    s3.settings().forEach((name, value) -> spark.put("spark.hadoop." + name, value));
    spark.put("spark.hadoop.fs.s3a.impl.disable.cache", "true");
    training = digits.training(folder, 8);
    expected = digits.expected(8);
  }

  @AfterAll
  static void stopS3() throws IOException {
    files.close();
    s3.close();
  }

  @Test
  void aModelIsTrainedIntoTheStoreAndReadAndScoresRowsFromThere() throws IOException {
    String model = s3.root() + "/models/one";
    Outcome trained = training.trainHere(model, spark, line -> {});
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(names(model))
        .contains("W1.npy", "model.onnx", "model.json", "metrics.jsonl", "run.json")
        .noneMatch(name -> name.startsWith("."));
    assertThat(w1Sha256(model)).isEqualTo(expected);
    assertThat(names(s3.root() + "/models")).containsExactly("one");

    Outcome again = training.trainHere(model, spark, line -> {});
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("exists and isn't empty");

    String predictions = s3.root() + "/predictions";
    Outcome predicted =
        ClusterTraining.run(
            spark,
            line -> {},
            List.of(
                "predict",
                "--model=" + model,
                "--input=" + training.data() + "/t10k-images*",
                "--partitions=2",
                "--out=" + predictions));
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(names(predictions)).containsExactly("_SUCCESS", "part-00000.csv");
  }

  @Test
  void aTrainingKeepsItsCheckpointsThereAndRemovesThemAtItsEnd() throws IOException {
    String here = s3.root() + "/checkpointed";
    List<String> command =
        List.of(
            "train",
            "--data=" + training.data(),
            "--iterations=8",
            "--bias",
            "--partitions=4",
            "--checkpoint-dir=" + here + "/ck",
            "--checkpoint-every=3",
            "--out=" + here + "/model");
    List<String> seen = new ArrayList<>();
    Outcome trained =
        ClusterTraining.run(
            spark,
            line -> {
              if (line.contains("iteration") || line.contains("tested")) {
                seen.addAll(namesIfAny(here + "/ck"));
              }
            },
            command);
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(w1Sha256(here + "/model")).isEqualTo(expected);
    assertThat(seen).contains("training.json", "checkpoint-0000000003");
    assertThat(names(here)).containsExactly("model");
  }

  @Test
  void aRegistryThereHasNightsAChampionAndAHistory() throws IOException {
    String registry = s3.root() + "/registry";
    for (int day : new int[] {1, 2, 2}) {
      Outcome night = night(registry, day);
      assertThat(night.exitCode()).as(night.err()).isZero();
    }

    assertThat(names(registry + "/versions")).containsExactly("000001", "000002");
    assertThat(names(registry + "/champion")).containsExactly("000001.json", "000002.json");
    assertThat(names(registry + "/history")).containsExactly("000001.json", "000002.json");
    assertThat(names(registry + "/versions/000002"))
        .contains("W1.npy", "gate.json", "run.json")
        .noneMatch(name -> name.startsWith("."));
    assertThat(names(registry)).containsExactlyInAnyOrder("champion", "history", "versions");

    Outcome back =
        ClusterTraining.run(
            spark, line -> {}, List.of("models", "rollback", "--registry=" + registry));
    assertThat(back.exitCode()).as(back.err()).isZero();
    Outcome evaluated =
        ClusterTraining.run(
            spark,
            line -> {},
            List.of(
                "evaluate", "--model=" + registry, "--input=" + training.data() + "/t10k-images*"));
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
  }

  private static Outcome night(String registry, int day) {
    return ClusterTraining.run(
        spark,
        line -> {},
        List.of(
            "nightly",
            "--registry=" + registry,
            "--run-date=2026-11-0" + day,
            "--data=" + training.data(),
            "--iterations=8",
            "--promote=force"));
  }

  private static List<String> namesIfAny(String directory) {
    try {
      return names(directory);
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(String directory) throws IOException {
    return Stream.of(files.listStatus(new Path(directory)))
        .map(file -> file.getPath().getName())
        .toList();
  }

  private static String w1Sha256(String model) throws IOException {
    try (Reader run =
        new InputStreamReader(files.open(new Path(model, "run.json")), StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(run).getAsJsonObject().get("w1Sha256").getAsString();
    }
  }
}
