package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockKernelTest {

  @ParameterizedTest
  @CsvSource({
    "RELU, false",
    "RELU, true",
    "IDENTITY, false",
    "IDENTITY, true",
    "SIGMOID, false",
    "SIGMOID, true"
  })
  void gradientIsTheFiniteDifferenceOfTheLoss(Activation activation, boolean bias) {
    RandomBlocks data = new RandomBlocks(5, 13, 7, 0.4, 0.2, 512, 37);
    double[] weights = data.weights(6, bias, 1);
    RoundedWeights rounded = data.rounded(weights, bias, activation);
    double[] gradient = data.sum(rounded).average(rounded, ByteBlock.VALUES);
    assertFiniteDifferences(gradient, weights, moved -> data.loss(moved, bias, activation));
  }

  @ParameterizedTest
  @CsvSource({"1, false", "0.625, false", "0.0625, true", "0, true"})
  void gradientBehindALeakyGateIsTheFiniteDifferenceOfItsLoss(double slope, boolean bias) {
    RandomBlocks data = new RandomBlocks(5, 13, 7, 0.4, 0.2, 512, 37);
    double[] weights = data.weights(6, bias, 1);
    RoundedWeights rounded = data.rounded(weights, bias, Activation.RELU).withNegativeSlope(slope);
    GradientSum sum = data.sum(rounded);
    double[] gradient = sum.average(rounded, ByteBlock.VALUES);
    assertThat(sum.training().loss(rounded))
        .isEqualTo(data.lossBehindLeakyGate(weights, bias, slope), within(1e-6));
    assertFiniteDifferences(
        gradient, weights, moved -> data.lossBehindLeakyGate(moved, bias, slope));
  }

  private static void assertFiniteDifferences(
      double[] gradient, double[] weights, ToDoubleFunction<double[]> loss) {
    double h = 1e-5;
    for (int i = 0; i < weights.length; i++) {
      double[] moved = weights.clone();
      moved[i] = weights[i] + h;
      double above = loss.applyAsDouble(moved);
      moved[i] = weights[i] - h;
      double below = loss.applyAsDouble(moved);
      assertThat(gradient[i]).isEqualTo((above - below) / (2 * h), within(2e-6));
    }
  }

  @Test
  void aGateThatLeaksFullyIsNone() {
    RandomBlocks data = new RandomBlocks(27, 20, 9, 0.5, 0.1, 512, 3);
    double[] weights = data.weights(28, true, 1);
    GradientSum leaking =
        data.sum(data.rounded(weights, true, Activation.RELU).withNegativeSlope(1));
    GradientSum ungated = data.sum(data.rounded(weights, true, Activation.IDENTITY));
    assertThat(leaking.gradient).isEqualTo(ungated.gradient);
    assertThat(leaking.training.loss).isEqualTo(ungated.training.loss);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void aGateThatLeaksIsStillNotOpen(double slope) {
    // One feature, three classes: the logits of a row are its pixel times (-2, -1, 0).
    RowBlock block =
        ConsecutiveRows.block(0, new int[] {1, 2}, new byte[] {(byte) 255, 10}, 1, null);
    RoundedWeights rounded =
        RoundedWeights.of(
                new double[] {-2, -1, 0}, 1, 3, false, Activation.RELU, ByteBlock.VALUES, 2)
            .withNegativeSlope(slope);
    GradientSum sum = new GradientSum(1, 3);
    BlockKernel.of(rounded).accumulate(block, sum);
    assertThat(sum.training().undecided()).isEqualTo(2);
    assertThat(sum.training().activeShares()).containsExactly(0, 0, 0);
    // Behind a closed gate all are 0 and the first class wins.
    assertThat(sum.training().accuracy()).isEqualTo(slope == 0 ? 0 : 0.5);
  }

  @Test
  void aSlopeIsAShare() {
    RoundedWeights weights =
        RoundedWeights.of(new double[2], 1, 2, false, Activation.RELU, ByteBlock.VALUES, 1);
    for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> weights.withNegativeSlope(wrong));
    }
  }

  @ParameterizedTest
  @CsvSource({"RELU, false", "RELU, true", "IDENTITY, true", "SIGMOID, true"})
  void kernelAgreesWithTheDefinitionOnRaggedShapes(Activation activation, boolean bias) {
    int[][] shapes = {{1, 2, 1}, {3, 2, 512}, {17, 10, 511}, {130, 33, 100}, {300, 3, 31}};
    for (int[] shape : shapes) {
      RandomBlocks data = new RandomBlocks(20, shape[0], shape[1], 0.3, 0, shape[2], 5);
      double[] weights = data.weights(21, bias, 1);
      RoundedWeights rounded = data.rounded(weights, bias, activation);
      GradientSum sum = data.sum(rounded);
      double[] gradient = sum.average(rounded, ByteBlock.VALUES);
      SoftmaxRegression.Pass expected =
          data.regression(weights, bias, activation).train(data.features(), data.labels());
      assertThat(sum.training().loss(rounded)).isEqualTo(expected.loss(), within(1e-5));
      assertThat(sum.training().accuracy()).isEqualTo(expected.accuracy());
      for (int j = 0; j < shape[0]; j++) {
        double[] row = Arrays.copyOfRange(gradient, j * shape[1], (j + 1) * shape[1]);
        assertThat(row).containsExactly(expected.gradient()[j], within(2e-6));
      }
      if (bias) {
        double[] last = Arrays.copyOfRange(gradient, shape[0] * shape[1], gradient.length);
        assertThat(last).containsExactly(expected.biasGradient(), within(2e-6));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void lossIsTheDefinitions(Activation activation) {
    RandomBlocks data = new RandomBlocks(7, 50, 10, 0.2, 0, 512, 512, 1);
    double[] weights = data.weights(8, true, 2);
    RoundedWeights rounded = data.rounded(weights, true, activation);
    assertThat(data.sum(rounded).training().loss(rounded))
        .isEqualTo(data.loss(weights, true, activation), within(1e-6));
  }

  @Test
  void gradientAgreesWithSparksLinearAlgebra() {
    RandomBlocks data = new RandomBlocks(9, 31, 5, 0.3, 0, 200);
    double[] weights = data.weights(10, false, 1);
    int rows = data.trainingRows.size();
    double[] x = data.trainingRows.stream().flatMapToDouble(Arrays::stream).toArray();
    // isTransposed: the values are row after row
    DenseMatrix features = new DenseMatrix(rows, 31, x, true);
    DenseMatrix logits = features.multiply(new DenseMatrix(31, 5, weights, true));
    double[] residuals = new double[rows * 5];
    for (int r = 0; r < rows; r++) {
      double[] row = new double[5];
      for (int c = 0; c < 5; c++) {
        row[c] = logits.apply(r, c);
      }
      double[] p = Softmax.of(row);
      for (int c = 0; c < 5; c++) {
        residuals[r * 5 + c] = (p[c] - (data.trainingLabels.get(r) == c ? 1 : 0)) / rows;
      }
    }
    DenseMatrix expected = features.transpose().multiply(new DenseMatrix(rows, 5, residuals, true));
    RoundedWeights rounded = data.rounded(weights, false, Activation.IDENTITY);
    double[] gradient = data.sum(rounded).average(rounded, ByteBlock.VALUES);
    for (int j = 0; j < 31; j++) {
      for (int c = 0; c < 5; c++) {
        assertThat(gradient[j * 5 + c]).isEqualTo(expected.apply(j, c), within(1e-6));
      }
    }
  }

  @Test
  void sumDoesNotDependOnTheOrderOrGroupingOfBlocks() {
    RandomBlocks data = new RandomBlocks(11, 40, 10, 0.2, 0.1, 512, 512, 512, 512, 512, 99);
    RoundedWeights rounded = data.rounded(data.weights(12, true, 3), true, Activation.RELU);
    GradientSum whole = data.sum(rounded);
    for (int trial = 0; trial < 5; trial++) {
      Collections.shuffle(data.blocks, new Random(trial));
      GradientSum first = new GradientSum(rounded.inputs(), 10);
      GradientSum second = new GradientSum(rounded.inputs(), 10);
      for (int b = 0; b < data.blocks.size(); b++) {
        BlockKernel.of(rounded).accumulate(data.blocks.get(b), b % 3 == 0 ? first : second);
      }
      GradientSum merged = second.merge(first);
      assertThat(merged.gradient).isEqualTo(whole.gradient);
      assertThat(merged.training.loss).isEqualTo(whole.training.loss);
      assertThat(merged.heldBack.loss).isEqualTo(whole.heldBack.loss);
    }
  }

  @Test
  void rowsHeldBackAreMeasuredButNotLearntFrom() {
    RandomBlocks all = new RandomBlocks(13, 20, 4, 0.5, 0.3, 512);
    double[] weights = all.weights(14, true, 1);
    RoundedWeights rounded = all.rounded(weights, true, Activation.RELU);
    GradientSum sum = all.sum(rounded);
    assertThat(sum.training().rows()).isEqualTo(all.trainingRows.size());
    assertThat(sum.training().rows() + sum.heldBack().rows()).isEqualTo(512);
    assertThat(sum.heldBack().rows()).isBetween(110L, 200L);
    assertThat(sum.training().loss(rounded))
        .isEqualTo(all.loss(weights, true, Activation.RELU), within(1e-6));
    assertThat(sum.heldBack().loss(rounded)).isPositive().isFinite();
  }

  @Test
  void gateCountsOpenClassesAndUndecidedRows() {
    // One feature, three classes: the logits of a row are its pixel times (1, -1, 0).
    byte[] pixels = {0, (byte) 255, 10};
    RowBlock block = ConsecutiveRows.block(0, new int[] {0, 0, 1}, pixels, 1, null);
    RoundedWeights rounded =
        RoundedWeights.of(
            new double[] {1, -1, 0}, 1, 3, false, Activation.RELU, ByteBlock.VALUES, 3);
    GradientSum sum = new GradientSum(1, 3);
    BlockKernel.of(rounded).accumulate(block, sum);
    assertThat(sum.training().undecided()).isEqualTo(1);
    assertThat(sum.training().activeShares()).containsExactly(2 / 3.0, 0, 0);
    assertThat(sum.training().accuracy()).isEqualTo(2 / 3.0);
  }

  @Test
  void hugeLogitsGiveAFiniteLoss() {
    RandomBlocks data = new RandomBlocks(15, 8, 3, 1, 0, 64);
    RoundedWeights rounded =
        data.rounded(data.weights(16, false, 1e30), false, Activation.IDENTITY);
    GradientSum sum = data.sum(rounded);
    assertThat(sum.training().loss(rounded)).isFinite().isGreaterThan(1e28);
  }

  @Test
  void weightsThatCouldOverflowAreRefused() {
    RandomBlocks data = new RandomBlocks(17, 4, 2, 1, 0, 4);
    for (double wrong : new double[] {1e39, Double.NaN, Double.NEGATIVE_INFINITY}) {
      double[] weights = data.weights(18, false, 1);
      weights[5] = wrong;
      assertThatExceptionOfType(ArithmeticException.class)
          .isThrownBy(() -> data.rounded(weights, false, Activation.RELU));
    }
  }

  @Test
  void aBlockOfAnotherWidthIsRefused() {
    RandomBlocks data = new RandomBlocks(19, 4, 2, 1, 0, 4);
    RoundedWeights rounded =
        RoundedWeights.of(new double[10], 5, 2, false, Activation.RELU, ByteBlock.VALUES, 4);
    assertThatIllegalArgumentException().isThrownBy(() -> data.sum(rounded));
  }
}
