package dev.onehot.spark;

/**
 * The depth of the tree of {@code treeAggregate}.
 *
 * <p>At depth 1 the driver takes the partial sums of all P partitions. Every further level is a
 * shuffle, about 25 ms on one machine, and leaves fewer partial sums for the driver: P^(1/2) at
 * depth 2, P^(1/3) at depth 3.
 */
public final class TreeDepth {

  /**
   * The most bytes of partial sums for the driver, well below {@code spark.driver.maxResultSize}.
   */
  static final long DRIVER_BYTES = 64L << 20;

  private static final int MAX_DEPTH = 3;

  private TreeDepth() {}

  /**
   * The least depth at which the partial sums for the driver fit {@link #DRIVER_BYTES}; 3 if none
   * does.
   *
   * @param partialBytes the bytes of one partition's partial sum
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

  /** The partial sums that reach the driver, by the rule of Spark's {@code treeAggregate}. */
  public static int partialsForDriver(int partitions, int depth) {
    int scale = Math.max((int) Math.ceil(Math.pow(partitions, 1.0 / depth)), 2);
    int partials = partitions;
    while (depth > 1 && partials > scale + Math.ceil((double) partials / scale)) {
      partials /= scale;
    }
    return partials;
  }
}
