package dev.onehot.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onehot.math.Activation;
import dev.onehot.math.BlockKernel;
import dev.onehot.math.ByteBlock;
import dev.onehot.math.ConsecutiveRows;
import dev.onehot.math.GradientSum;
import dev.onehot.math.RoundedWeights;
import dev.onehot.math.SoftmaxRegression;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is minimised, loss and penalty together, against its finite differences. */
class ObjectiveGradientTest {

  private static final int ROWS = 200;
  private static final int FEATURES = 9;
  private static final int CLASSES = 6;

  private final byte[] pixels = new byte[ROWS * FEATURES];
  private final int[] labels = new int[ROWS];
  private final double[][] x = new double[ROWS][FEATURES];
  private final int[] y = new int[ROWS];

  @ParameterizedTest
  @CsvSource({
    "RELU, false, 0", "RELU, false, 0.3", "RELU, true, 0", "RELU, true, 0.3",
    "IDENTITY, false, 0", "IDENTITY, false, 0.3", "IDENTITY, true, 0", "IDENTITY, true, 0.3",
    "SIGMOID, false, 0", "SIGMOID, false, 0.3", "SIGMOID, true, 0", "SIGMOID, true, 0.3"
  })
  void gradientIsTheFiniteDifference(Activation activation, boolean bias, double l2) {
    SplittableRandom random = new SplittableRandom(22);
    for (int i = 0; i < ROWS; i++) {
      y[i] = random.nextInt(CLASSES);
      labels[i] = y[i];
      for (int j = 0; j < FEATURES; j++) {
        int value = random.nextBoolean() ? random.nextInt(256) : 0;
        pixels[i * FEATURES + j] = (byte) value;
        x[i][j] = value * ByteBlock.VALUES.scaling().scale(0);
      }
    }
    int weightsOfFeatures = FEATURES * CLASSES;
    double[] weights = random.doubles(weightsOfFeatures + (bias ? CLASSES : 0), -1, 1).toArray();
    L2Penalty penalty = new L2Penalty(l2, weightsOfFeatures);

    RoundedWeights rounded =
        RoundedWeights.of(weights, FEATURES, CLASSES, bias, activation, ByteBlock.VALUES, ROWS);
    GradientSum sum = new GradientSum(rounded.inputs(), CLASSES);
    BlockKernel.of(rounded)
        .accumulate(ConsecutiveRows.block(0, labels, pixels, FEATURES, null), sum);
    double[] gradient = sum.average(rounded, ByteBlock.VALUES);
    penalty.addGradient(weights, gradient);

    double h = 1e-5;
    for (int i = 0; i < weights.length; i++) {
      double[] above = weights.clone();
      above[i] += h;
      double[] below = weights.clone();
      below[i] -= h;
      double slope =
          (objective(above, bias, activation, penalty)
                  - objective(below, bias, activation, penalty))
              / (2 * h);
      assertThat(gradient[i]).isEqualTo(slope, within(2e-6));
    }
  }

  private double objective(
      double[] weights, boolean bias, Activation activation, L2Penalty penalty) {
    double[][] w = new double[FEATURES][];
    for (int j = 0; j < FEATURES; j++) {
      w[j] = Arrays.copyOfRange(weights, j * CLASSES, (j + 1) * CLASSES);
    }
    double[] b = bias ? Arrays.copyOfRange(weights, FEATURES * CLASSES, weights.length) : null;
    return new SoftmaxRegression(activation, w, b).test(x, y).loss() + penalty.of(weights);
  }
}
