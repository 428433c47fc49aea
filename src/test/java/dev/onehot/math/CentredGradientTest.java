package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients and second moments of features that are shifted and scaled, against plain loops. */
class CentredGradientTest {

  private static final int FEATURES = 14;
  private static final int CLASSES = 5;
  private static final int ROWS = 900;

  private final RandomReals random = new RandomReals(11, ROWS, FEATURES, CLASSES);
  private final FeatureScaling standard = random.standard();
  private final FeatureValues values = random.values.withScaling(standard);
  private final double[][] x = random.scaled(standard);

  @ParameterizedTest
  @CsvSource({"IDENTITY,true", "IDENTITY,false", "RELU,true", "RELU,false"})
  void theGradientIsThatOfScaledFeatures(Activation activation, boolean bias) {
    double[] master = weights(bias);
    GradientSum sum = null;
    RoundedWeights rounded =
        RoundedWeights.of(master, FEATURES, CLASSES, bias, activation, values, ROWS);
    sum = new GradientSum(rounded.inputs(), CLASSES);
    BlockKernel kernel = BlockKernel.of(rounded);
    kernel.accumulate(random.block(0, 0, 512, false, null), sum);
    kernel.accumulate(random.block(1, 512, ROWS, false, null), sum);
    kernel.finish(sum);

    SoftmaxRegression.Pass expected = plain(master, bias, activation).train(x, random.labels);

    double[] average = sum.average(rounded, values);
    assertThat(average).hasSize((bias ? FEATURES + 1 : FEATURES) * CLASSES);
    assertThat(sum.training().loss(rounded)).isCloseTo(expected.loss(), offset(2e-5));
    for (int j = 0; j < FEATURES; j++) {
      for (int c = 0; c < CLASSES; c++) {
        assertThat(average[j * CLASSES + c]).isCloseTo(expected.gradient()[j][c], offset(2e-4));
      }
    }
    for (int c = 0; bias && c < CLASSES; c++) {
      assertThat(average[FEATURES * CLASSES + c])
          .isCloseTo(expected.biasGradient()[c], offset(2e-5));
    }
  }

  @Test
  void secondMomentsAreThoseOfScaledFeaturesAndWeightedRows() {
    float[] classWeights = {1, 0.5f, 0.25f, 1, 0.125f};
    SecondMomentSum one = SecondMomentSum.of(FEATURES, true, values, classWeights);
    one.add(random.block(0, 0, 200, true, null), 256);
    one.add(random.block(1, 200, 450, true, null), 256);
    SecondMomentSum other = SecondMomentSum.of(FEATURES, true, values, classWeights);
    other.add(random.block(1, 200, 450, true, null), 256);
    SecondMomentSum rest = SecondMomentSum.of(FEATURES, true, values, classWeights);
    rest.add(random.block(0, 0, 200, true, null), 256);
    other.merge(rest);

    assertThat(other.mean()).isDeepEqualTo(one.mean());
    double total = 0;
    double[][] expected = new double[FEATURES + 1][FEATURES + 1];
    for (int r = 0; r < 450; r++) {
      double w = random.weights[r] * classWeights[random.labels[r]];
      total += w;
      double[] row = Arrays.copyOf(x[r], FEATURES + 1);
      row[FEATURES] = 1;
      for (int i = 0; i <= FEATURES; i++) {
        for (int j = 0; j <= FEATURES; j++) {
          expected[i][j] += w * row[i] * row[j];
        }
      }
    }
    for (int i = 0; i <= FEATURES; i++) {
      for (int j = 0; j <= FEATURES; j++) {
        assertThat(one.mean()[i][j]).isCloseTo(expected[i][j] / total, offset(2e-5));
      }
    }
  }

  private double[] weights(boolean bias) {
    Random gaussian = new Random(4);
    double[] weights = new double[(bias ? FEATURES + 1 : FEATURES) * CLASSES];
    Arrays.setAll(weights, i -> 0.3 * gaussian.nextGaussian());
    return weights;
  }

  private static SoftmaxRegression plain(double[] master, boolean bias, Activation activation) {
    double[][] weights = new double[FEATURES][];
    for (int j = 0; j < FEATURES; j++) {
      weights[j] = Arrays.copyOfRange(master, j * CLASSES, (j + 1) * CLASSES);
    }
    return new SoftmaxRegression(
        activation,
        weights,
        bias ? Arrays.copyOfRange(master, FEATURES * CLASSES, master.length) : null);
  }
}
