package dev.onehot.math;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.Function;

/** One hash of the sums of a kernel over many ragged shapes. Other JVMs run it as a program. */
final class KernelDigest {

  private static final int[] CLASSES = {
    2, 3, 4, 7, 8, 9, 10, 15, 16, 17, 31, 33, 64, 100, 257, 1000
  };

  private KernelDigest() {}

  public static void main(String[] args) throws Exception {
    System.out.println(BlockKernel.description());
    System.out.println(of(BlockKernel::of, 60));
  }

  /** The hash of the sums over this many random data sets. */
  static String of(Function<RoundedWeights, BlockKernel> kernels, int dataSets) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    SplittableRandom random = new SplittableRandom(23);
    for (int trial = 0; trial < dataSets; trial++) {
      digest.update(bytes(sum(kernels, random)));
      digest.update(bytes(floatSum(kernels, random)));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The sum over a random data set: any density, any size of the last block, any settings. */
  static GradientSum sum(Function<RoundedWeights, BlockKernel> kernels, SplittableRandom random) {
    // Now and then more dense columns than a panel has.
    int features = random.nextInt(8) == 0 ? random.nextInt(257, 600) : random.nextInt(1, 90);
    int classes = CLASSES[random.nextInt(CLASSES.length)];
    double density = random.nextInt(4) == 0 ? 1 : random.nextDouble();
    double heldBack = random.nextBoolean() ? 0 : random.nextDouble();
    RandomBlocks data =
        new RandomBlocks(
            random.nextLong(),
            features,
            classes,
            density,
            heldBack,
            random.nextInt(1, RowBlock.ROWS + 1),
            RowBlock.ROWS);
    boolean bias = random.nextBoolean();
    Activation activation = Activation.values()[random.nextInt(3)];
    // From weights for which the softmax underflows to weights for which it overflows by far.
    double scale = StrictMath.pow(10, random.nextInt(-6, 12));
    RoundedWeights rounded =
        data.rounded(data.weights(random.nextLong(), bias, scale), bias, activation)
            .withNegativeSlope(random.nextBoolean() ? 0 : random.nextDouble())
            .withClassWeights(random.nextBoolean() ? null : classWeights(random, classes));
    GradientSum sum = new GradientSum(rounded.inputs(), classes);
    BlockKernel kernel = kernels.apply(rounded);
    data.blocks.forEach(block -> kernel.accumulate(block, sum));
    kernel.finish(sum);
    return sum;
  }

  private static float[] classWeights(SplittableRandom random, int classes) {
    float[] weights = new float[classes];
    for (int c = 0; c < classes; c++) {
      weights[c] = (float) random.nextDouble(1e-3, 1);
    }
    return weights;
  }

  /** The same of blocks of real numbers. */
  static GradientSum floatSum(
      Function<RoundedWeights, BlockKernel> kernels, SplittableRandom random) {
    int features = random.nextInt(8) == 0 ? random.nextInt(257, 600) : random.nextInt(1, 90);
    int classes = CLASSES[random.nextInt(CLASSES.length)];
    RandomFloatBlocks data =
        new RandomFloatBlocks(
            random,
            features,
            classes,
            random.nextBoolean(),
            random.nextInt(4) == 0 ? 1 : random.nextDouble(),
            random.nextBoolean() ? 0 : random.nextDouble(),
            random.nextBoolean(),
            random.nextInt(1, RowBlock.ROWS + 1),
            random.nextInt(1, RowBlock.ROWS + 1));
    boolean bias = random.nextBoolean();
    Activation activation = Activation.values()[random.nextInt(3)];
    double size = StrictMath.pow(10, random.nextInt(-6, 12));
    RoundedWeights rounded =
        data.rounded(data.modelWeights(random, bias, size), bias, activation)
            .withNegativeSlope(random.nextBoolean() ? 0 : random.nextDouble())
            .withClassWeights(random.nextBoolean() ? null : data.classWeights(random));
    GradientSum sum = new GradientSum(rounded.inputs(), classes);
    BlockKernel kernel = kernels.apply(rounded);
    data.blocks.forEach(block -> kernel.accumulate(block, sum));
    kernel.finish(sum);
    return sum;
  }

  /** Everything that a sum holds. */
  static byte[] bytes(GradientSum sum) {
    ByteBuffer bytes =
        ByteBuffer.allocate(
            Long.BYTES * (sum.gradient.length + 2 * (5 + sum.training.active.length)));
    for (long g : sum.gradient) {
      bytes.putLong(g);
    }
    for (RowStatistics rows : new RowStatistics[] {sum.training, sum.heldBack}) {
      bytes
          .putLong(rows.rows)
          .putLong(rows.weight)
          .putLong(rows.loss)
          .putLong(rows.correct)
          .putLong(rows.undecided);
      for (long active : rows.active) {
        bytes.putLong(active);
      }
    }
    return bytes.array();
  }
}
