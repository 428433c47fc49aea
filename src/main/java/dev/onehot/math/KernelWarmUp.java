package dev.onehot.math;

import java.util.SplittableRandom;
import java.util.function.Function;

/** Has a kernel work on made-up rows, of MNIST's shape and density, until it is compiled. */
final class KernelWarmUp {

  /** After so many blocks the optimizing compiler was always done with the kernel. */
  private static final int BLOCKS = 400;

  private static final long LONGEST_NANOS = 10_000_000_000L;
  private static final int FEATURES = 784;
  private static final int CLASSES = 10;
  private static final double DENSITY = 0.19;

  private KernelWarmUp() {}

  static void run(Function<Layer, BlockKernel> factory, Activation activation) {
    SplittableRandom random = new SplittableRandom(0);
    byte[] pixels = new byte[RowBlock.ROWS * FEATURES];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (random.nextDouble() < DENSITY ? random.nextInt(1, 256) : 0);
    }
    char[] labels = new char[RowBlock.ROWS];
    for (int r = 0; r < labels.length; r++) {
      labels[r] = (char) random.nextInt(CLASSES);
    }
    RowBlock block = RowBlock.of(0, labels, pixels, FEATURES, null);
    double[] weights = random.doubles(FEATURES * CLASSES, -1, 1).toArray();
    Layer layer =
        Layer.of(
            weights, FEATURES, CLASSES, false, activation, 1.0 / RowBlock.MAX_VALUE, RowBlock.ROWS);
    BlockKernel kernel = factory.apply(layer);
    long start = System.nanoTime();
    for (int b = 0; b < BLOCKS && System.nanoTime() - start < LONGEST_NANOS; b++) {
      kernel.accumulate(block, new GradientSum(FEATURES, CLASSES));
    }
  }
}
