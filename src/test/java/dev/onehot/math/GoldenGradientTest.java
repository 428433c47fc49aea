package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.onehot.Golden;
import dev.onehot.ProjectHome;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The original's first gradient, on MNIST's first 1,000 rows. */
class GoldenGradientTest {

  private static final int ROWS = 1000;
  private static final int FEATURES = 784;
  private static final int CLASSES = 10;

  private byte[] pixels;
  private byte[] labels;
  private double[] golden;
  private double[] weights;

  @BeforeEach
  void readMnist() throws IOException {
    Path mnist = ProjectHome.mnist();
    pixels = read(mnist.resolve("train-images-idx3-ubyte.gz"), 16, ROWS * FEATURES);
    labels = read(mnist.resolve("train-labels-idx1-ubyte.gz"), 8, ROWS);
    golden = Golden.array("train_first1000_gd20_lr0.1_gradient0.npy");
    weights = Golden.array("W1_init.npy");
  }

  @Test
  void definitionGivesTheOriginalsGradientLossAndAccuracy() throws IOException {
    double[][] x = new double[ROWS][FEATURES];
    int[] y = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < FEATURES; j++) {
        x[i][j] = (pixels[i * FEATURES + j] & 255) / 255.0;
      }
      y[i] = labels[i];
    }
    double[][] w = new double[FEATURES][];
    for (int j = 0; j < FEATURES; j++) {
      w[j] = Arrays.copyOfRange(weights, j * CLASSES, (j + 1) * CLASSES);
    }
    SoftmaxRegression regression = new SoftmaxRegression(Activation.RELU, w, null);
    SoftmaxRegression.Pass pass = regression.train(x, y);
    JsonObject step =
        Golden.json().getAsJsonObject("gd").getAsJsonArray("steps").get(0).getAsJsonObject();
    assertThat(pass.loss()).isEqualTo(step.get("loss").getAsDouble(), within(1e-12));
    assertThat(pass.accuracy()).isEqualTo(step.get("accuracy").getAsDouble());
    assertThat(regression.test(x, y).loss()).isEqualTo(pass.loss());
    for (int j = 0; j < FEATURES; j++) {
      double[] expected = Arrays.copyOfRange(golden, j * CLASSES, (j + 1) * CLASSES);
      assertThat(pass.gradient()[j]).containsExactly(expected, within(1e-12));
    }
  }

  @Test
  void kernelGivesTheOriginalsGradient() {
    RoundedWeights rounded =
        RoundedWeights.of(
            weights, FEATURES, CLASSES, false, Activation.RELU, ByteBlock.VALUES, ROWS);
    GradientSum sum = new GradientSum(FEATURES, CLASSES);
    BlockKernel kernel = BlockKernel.of(rounded);
    for (int first = 0; first < ROWS; first += RowBlock.ROWS) {
      int rows = Math.min(RowBlock.ROWS, ROWS - first);
      int[] y = new int[rows];
      for (int r = 0; r < rows; r++) {
        y[r] = labels[first + r];
      }
      byte[] x = Arrays.copyOfRange(pixels, first * FEATURES, (first + rows) * FEATURES);
      kernel.accumulate(ConsecutiveRows.block(first / RowBlock.ROWS, y, x, FEATURES, null), sum);
    }
    assertThat(sum.average(rounded, ByteBlock.VALUES)).containsExactly(golden, within(1e-7));
  }

  private static byte[] read(Path file, int header, int bytes) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      in.skipNBytes(header);
      return in.readNBytes(bytes);
    }
  }
}
