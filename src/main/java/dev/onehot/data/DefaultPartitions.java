package dev.onehot.data;

/**
 * How many partitions rows are cut into if the user doesn't say: as many as there are cores, and a
 * whole multiple of that once partitions would become too large.
 *
 * <p>A partition is what is cached and spilled as one: of a cache that doesn't fit only so many go
 * to disk. But every partition is a task, which costs the driver 1 to 2 ms an iteration however
 * many cores there are. So the more cores, the larger a partition may be: {@link
 * #BYTES_PER_PARTITION_AND_CORE} for each core, from {@link #LEAST_BYTES} to {@link #MOST_BYTES}.
 * Counted are values at a byte each, as they stand in the input; digits take about half of that in
 * the cache.
 */
public final class DefaultPartitions {

  static final long BYTES_PER_PARTITION_AND_CORE = 16L << 20;
  static final long LEAST_BYTES = 128L << 20;
  static final long MOST_BYTES = 1L << 30;

  private DefaultPartitions() {}

  /**
   * The number of partitions; a source with fewer blocks makes fewer.
   *
   * @param cores of all executors, as far as Spark knows them
   */
  public static int of(RowSource source, int cores) {
    long bytes = source.rows() * source.features();
    long limit = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, cores * BYTES_PER_PARTITION_AND_CORE));
    long round = cores * limit;
    long rounds = (bytes + round - 1) / round;
    return (int) Math.min(Integer.MAX_VALUE, rounds * cores);
  }
}
