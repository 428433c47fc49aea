package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.onehot.data.FormatFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same digits in each format give the same W1, on any master. */
class FormatsIT {

  private static final int ROWS = 3000;

  @TempDir private static Path folder;
  private static FormatFiles rows;
  private static String expected;

  @BeforeAll
  static void trainOnIdx() throws IOException {
    Path digits = folder.resolve("digits");
    CommandRun run =
        CommandRun.of("generate", "--rows=" + ROWS, "--test-rows=0", "--out=" + digits);
    assertThat(run.exitCode()).as(run.err()).isZero();
    rows =
        FormatFiles.ofIdx(
            digits.resolve("train-images-idx3-ubyte"), digits.resolve("train-labels-idx1-ubyte"));
    expected = w1(Map.of("spark.master", "local[1]"), train("idx"));
  }

  @ParameterizedTest
  @CsvSource({
    "idx.gz, local[2], 1",
    "csv, local[1], 1",
    "csv, local[2], 7",
    "csv.gz, local[2], 2",
    "libsvm, local[2], 7",
    "libsvm.gz, local[1], 2",
    "npy, local[2], 7",
    "npy.gz, local[2], 2",
    "npz, local[2], 7",
    "csv, local-cluster, 4",
    "npz, local-cluster, 4",
  })
  void theSameDigitsGiveTheSameModel(String format, String master, int partitions)
      throws IOException {
    Map<String, String> spark =
        master.equals("local-cluster")
            ? ExecutorClasses.localCluster()
            : Map.of("spark.master", master);
    assertThat(w1(spark, train(format), "--partitions=" + partitions)).isEqualTo(expected);
  }

  @Test
  void linesThatDoNotReachTheLastFeatureGiveTheSameModelIfItsNumberIsGiven() throws IOException {
    Map<String, String> spark = Map.of("spark.master", "local[2]");
    assertThat(w1(spark, train("bare.libsvm"))).isNotEqualTo(expected);
    assertThat(w1(spark, train("bare.libsvm"), "--features=784")).isEqualTo(expected);
  }

  private static Path train(String format) throws IOException {
    return rows.write(folder.resolve(format), "train", format);
  }

  private static String w1(Map<String, String> spark, Path train, String... options)
      throws IOException {
    Path model = folder.resolve("model-" + System.nanoTime());
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                "--train=" + train,
                "--iterations=5",
                "--validation-fraction=0.1",
                "--out=" + model));
    arguments.addAll(List.of(options));
    CommandRun run =
        SparkSettings.with(spark, () -> CommandRun.of(arguments.toArray(String[]::new)));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return JsonParser.parseString(Files.readString(model.resolve("run.json")))
        .getAsJsonObject()
        .get("w1Sha256")
        .getAsString();
  }
}
