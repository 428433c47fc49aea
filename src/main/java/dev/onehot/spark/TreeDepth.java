package dev.onehot.spark;

/**
 * How deep the tree of {@code treeAggregate} is to be.
 *
 * <p>At depth 1 the driver takes the partial sums of all partitions itself. Every level more is a
 * shuffle, some 25 ms on one machine, and leaves the driver the root of as many: of P partials
 * P^(1/2) at depth 2, P^(1/3) at depth 3.
 */
public final class TreeDepth {

  /** What the driver takes at once; well below {@code spark.driver.maxResultSize}. */
  static final long DRIVER_BYTES = 64L << 20;

  private static final int MAX_DEPTH = 3;

  private TreeDepth() {}

  /**
   * The least depth at which what reaches the driver fits {@link #DRIVER_BYTES}; 3 if none does.
   *
   * @param partialBytes of the partial sum of one partition
   */
  public static int of(int partitions, long partialBytes) {
    for (int depth = 1; depth < MAX_DEPTH; depth++) {
      double partials = Math.ceil(Math.pow(partitions, 1.0 / depth));
      if (partials * partialBytes <= DRIVER_BYTES) {
        return depth;
      }
    }
    return MAX_DEPTH;
  }
}
