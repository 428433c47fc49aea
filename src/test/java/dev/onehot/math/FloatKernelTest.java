package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients of blocks of real numbers; {@link KernelDigest} has other widths of vectors. */
class FloatKernelTest {

  static List<Function<RoundedWeights, BlockKernel>> kernels() {
    return List.of(ScalarBlockKernel::new, BlockKernel::of);
  }

  @Test
  void everythingSummedIsTheScalarKernelsToTheBit() {
    assumeVectors();
    for (int trial = 0; trial < 150; trial++) {
      byte[] scalar =
          KernelDigest.bytes(
              KernelDigest.floatSum(ScalarBlockKernel::new, new SplittableRandom(trial)));
      byte[] vector =
          KernelDigest.bytes(KernelDigest.floatSum(BlockKernel::of, new SplittableRandom(trial)));
      assertThat(vector).as("trial " + trial).isEqualTo(scalar);
    }
  }

  private static void assumeVectors() {
    assumeTrue(
        BlockKernel.description().startsWith("SIMD"),
        "skipped: this JVM's kernel is " + BlockKernel.description());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void gradientLossAndSharesAreThoseOfThePlainDefinition(
      Function<RoundedWeights, BlockKernel> kernels) {
    for (int trial = 0; trial < 12; trial++) {
      SplittableRandom random = new SplittableRandom(trial);
      RandomFloatBlocks data =
          new RandomFloatBlocks(
              random, 30, random.nextInt(2, 20), true, 0, 0.2, trial % 2 == 0, 512, 77);
      boolean bias = random.nextBoolean();
      Activation activation = Activation.values()[trial % 3];
      double[] weights = data.modelWeights(random, bias, 4);
      float[] classWeights = trial % 4 < 2 ? null : data.classWeights(random);
      RoundedWeights rounded =
          data.rounded(weights, bias, activation).withClassWeights(classWeights);
      GradientSum sum = new GradientSum(rounded.inputs(), data.classes);
      BlockKernel kernel = kernels.apply(rounded);
      data.blocks.forEach(block -> kernel.accumulate(block, sum));
      kernel.finish(sum);
      new PlainWeightedGradient(data, weights, bias, activation, classWeights)
          .assertSame(sum, rounded);
    }
  }

  @ParameterizedTest
  @CsvSource({"70000, 3, 200", "200000, 2, 400"})
  void aBlockMayHaveMoreColumnsThanA16BitIndexCanName(int features, int classes, int perRow) {
    SplittableRandom random = new SplittableRandom(features);
    int rows = RowBlock.ROWS;
    int[] starts = IntStream.rangeClosed(0, rows).map(r -> r * perRow).toArray();
    int[] columns = new int[rows * perRow];
    float[] values = new float[columns.length];
    for (int r = 0; r < rows; r++) {
      int[] drawn = random.ints(0, features).distinct().limit(perRow).sorted().toArray();
      System.arraycopy(drawn, 0, columns, r * perRow, perRow);
    }
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) random.nextDouble(-1, 1);
    }
    int[] labels = random.ints(rows, 0, classes).toArray();
    FeatureValues scales = FeatureValues.real(new short[features], FeatureScaling.uniform(1));
    RowValues raw = new SparseRows(features, starts, columns, values);
    FloatBlock block =
        FloatBlock.of(0, 0, IntStream.range(0, rows).toArray(), labels, null, raw, scales, null);
    assertThat(block.slabs()).isEqualTo(features > 100_000 ? 2 : 1);
    double[] weights = random.doubles((long) features * classes, -1, 1).toArray();
    RoundedWeights rounded =
        RoundedWeights.of(weights, features, classes, false, Activation.IDENTITY, scales, rows);
    GradientSum scalar = new GradientSum(features, classes);
    new ScalarBlockKernel(rounded).accumulate(block, scalar);
    GradientSum chosen = new GradientSum(features, classes);
    BlockKernel kernel = BlockKernel.of(rounded);
    kernel.accumulate(block, chosen);
    kernel.finish(chosen);
    assertThat(chosen.gradient).isEqualTo(scalar.gradient);
    assertThat(chosen.training.loss).isEqualTo(scalar.training.loss);
    double expected = 0;
    for (int r = 0; r < rows; r++) {
      double[] z = new double[classes];
      for (int k = starts[r]; k < starts[r + 1]; k++) {
        for (int c = 0; c < classes; c++) {
          z[c] += values[k] * weights[columns[k] * classes + c];
        }
      }
      expected += CrossEntropy.loss(Softmax.of(z), labels[r]) / rows;
    }
    assertThat(chosen.training.loss(rounded)).isEqualTo(expected, within(1e-5 * expected));
  }

  @Test
  void bytesInABlockOfRealNumbersGiveNearlyTheSameGradient() {
    RandomBlocks bytes = new RandomBlocks(3, 50, 6, 0.5, 0, 512, 100);
    double[] weights = bytes.weights(4, true, 1);
    RoundedWeights ofBytes = bytes.rounded(weights, true, Activation.RELU);
    double[] expected = bytes.sum(ofBytes).average(ofBytes, ByteBlock.VALUES);
    short[] exponents = new short[50];
    java.util.Arrays.fill(exponents, (short) 8);
    FeatureValues scales = FeatureValues.real(exponents, FeatureScaling.uniform(1.0 / 255));
    RoundedWeights ofFloats = RoundedWeights.of(weights, 50, 6, true, Activation.RELU, scales, 612);
    GradientSum sum = new GradientSum(51, 6);
    BlockKernel kernel = BlockKernel.of(ofFloats);
    for (RowBlock block : bytes.blocks) {
      float[] raw = new float[block.rows() * 50];
      int[] labels = new int[block.rows()];
      for (int r = 0; r < block.rows(); r++) {
        int at = r * 50;
        labels[r] = block.labels()[r];
        block.forEachNonZero(r, (column, value) -> raw[at + column] = value);
      }
      int[] rows = IntStream.range(0, block.rows()).toArray();
      kernel.accumulate(
          FloatBlock.of(0, 0, rows, labels, null, new FloatRows(50, raw), scales, null), sum);
    }
    kernel.finish(sum);
    assertThat(sum.average(ofFloats, scales)).containsExactly(expected, within(1e-6));
  }

  @Test
  void weightsOfOneChangeNoBit() {
    SplittableRandom random = new SplittableRandom(9);
    RandomFloatBlocks data = new RandomFloatBlocks(random, 40, 5, true, 0, 0.1, false, 512, 30);
    RoundedWeights rounded =
        data.rounded(data.modelWeights(random, true, 3), true, Activation.RELU);
    float[] ones = {1, 1, 1, 1, 1};
    byte[] expected = KernelDigest.bytes(sum(rounded, data.blocks));
    assertThat(KernelDigest.bytes(sum(rounded.withClassWeights(ones), data.blocks)))
        .isEqualTo(expected);
  }

  private static GradientSum sum(RoundedWeights rounded, List<FloatBlock> blocks) {
    GradientSum sum = new GradientSum(rounded.inputs(), rounded.classes());
    BlockKernel kernel = BlockKernel.of(rounded);
    blocks.forEach(block -> kernel.accumulate(block, sum));
    kernel.finish(sum);
    return sum;
  }
}
