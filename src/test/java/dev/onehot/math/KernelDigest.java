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
            .withNegativeSlope(random.nextBoolean() ? 0 : random.nextDouble());
    GradientSum sum = new GradientSum(rounded.inputs(), classes);
    BlockKernel kernel = kernels.apply(rounded);
    data.blocks.forEach(block -> kernel.accumulate(block, sum));
    return sum;
  }

  /** Everything that a sum holds. */
  static byte[] bytes(GradientSum sum) {
    ByteBuffer bytes =
        ByteBuffer.allocate(
            Long.BYTES * (sum.gradient.length + 2 * (4 + sum.training.active.length)));
    for (long g : sum.gradient) {
      bytes.putLong(g);
    }
    for (RowStatistics rows : new RowStatistics[] {sum.training, sum.heldBack}) {
      bytes.putLong(rows.rows).putLong(rows.loss).putLong(rows.correct).putLong(rows.undecided);
      for (long active : rows.active) {
        bytes.putLong(active);
      }
    }
    return bytes.array();
  }
}
