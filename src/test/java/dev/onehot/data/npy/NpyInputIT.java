package dev.onehot.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onehot.ProjectHome;
import dev.onehot.data.FormatOptions;
import dev.onehot.data.KnownRows;
import dev.onehot.data.PieceSource;
import dev.onehot.data.RowChunk;
import dev.onehot.data.RowSource;
import dev.onehot.data.idx.IdxSource;
import dev.onehot.failure.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyInputIT {

  private static final int CORES = 2;
  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[" + CORES + "]")
                .setAppName("NpyInputIT")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  /** What numpy makes of the real MNIST, in the layout of Keras and in others. */
  @ParameterizedTest
  @CsvSource({
    "'np.savez(\"mnist.npz\", x_train=x[:3], y_train=y[:3], x_test=x, y_test=y)', mnist.npz",
    "'np.savez_compressed(\"mnist.npz\", x_train=x[:3], y_train=y[:3], x_test=x, y_test=y)', mnist.npz",
    "'np.save(\"X.npy\", np.asfortranarray(x.astype(\">f8\"))), np.save(\"y.npy\", y.astype(\"U2\"))', X.npy",
    "'np.save(\"X.npy\", np.column_stack([x.reshape(10000, 784).astype(\"i4\"), y]))', X.npy"
  })
  void mnistAsNumpyWritesItHasTheRowsOfIdx(String statement, String file)
      throws IOException, InterruptedException {
    Path mnist = ProjectHome.mnist();
    numpy(
        "import gzip, numpy as np\n"
            + "read = lambda name, n: np.frombuffer(gzip.open(name).read(), np.uint8, offset=n)\n"
            + "x = read('"
            + mnist
            + "/t10k-images-idx3-ubyte.gz', 16).reshape(10000, 28, 28)\n"
            + "y = read('"
            + mnist
            + "/t10k-labels-idx1-ubyte.gz', 8)\n"
            + statement);
    boolean column = statement.contains("column_stack");
    FormatOptions options =
        new FormatOptions(
            null,
            column ? "last" : null,
            null,
            List.of(),
            null,
            false,
            null,
            FormatOptions.defaults().missing(),
            0);
    NpyInput input =
        NpyInput.open(
            List.of(path(folder.resolve(file))),
            NpyPart.TEST,
            options,
            KnownRows.nothing(),
            true,
            new Configuration());
    assertThat(input.pictures().isPresent()).isEqualTo(!column);
    RowSource idx =
        IdxSource.open(
            List.of(path(mnist.resolve("t10k-images-idx3-ubyte.gz"))),
            List.of(path(mnist.resolve("t10k-labels-idx1-ubyte.gz"))),
            10,
            Long.MAX_VALUE,
            new Configuration());
    List<RowChunk> expected = idx.rowsInOrder(spark, CORES).collect();
    List<RowChunk> found = surveyed(input).rowsInOrder(spark, CORES).collect();
    assertThat(rows(found)).isEqualTo(rows(expected)).hasSize(10_000);
  }

  @Test
  void aBadRowIsNamedByItsNumberInTheFile() throws IOException {
    double[] values = new double[70_000 * 20];
    Arrays.fill(values, 0.5);
    values[20 * 60_000 - 1] = Double.NaN;
    Files.write(folder.resolve("X.npy"), NumpyFile.doubles("(70000, 20)", values));
    NpyInput input =
        NpyInput.open(
            List.of(path(folder.resolve("X.npy"))),
            FormatOptions.defaults(),
            KnownRows.nothing(),
            false,
            new Configuration());
    assertThatThrownBy(() -> surveyed(input))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("X.npy: row 60,000, column 20: found nan, expected a number");
  }

  private static RowSource surveyed(NpyInput input) {
    return new PieceSource(input, FormatOptions.defaults(), Long.MAX_VALUE, new Configuration())
        .surveyed(spark, KnownRows.nothing(), CORES, note -> {}, rows -> {});
  }

  /** A text for each row, of its label and its features. */
  private static List<String> rows(List<RowChunk> chunks) {
    return chunks.stream()
        .flatMap(
            chunk ->
                IntStream.range(0, chunk.rows())
                    .mapToObj(
                        r -> {
                          float[] row = new float[chunk.features()];
                          chunk.values().copyRow(r, row);
                          return chunk.label(r) + ":" + Arrays.hashCode(row);
                        }))
        .toList();
  }

  private void numpy(String program) throws IOException, InterruptedException {
    Process python;
    try {
      python =
          new ProcessBuilder("python3", "-c", program)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "no python3: " + e.getMessage());
      return;
    }
    String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assumeTrue(!said.contains("No module named 'numpy'"), "python3 has no numpy");
    assertThat(python.exitValue()).as(said).isZero();
  }

  private static org.apache.hadoop.fs.Path path(Path path) {
    return new org.apache.hadoop.fs.Path(path.toString());
  }
}
