package dev.onehot.data;

/**
 * The default number of partitions: the number of cores, or a multiple of it if partitions would
 * otherwise be too large.
 *
 * <p>Spark caches and spills whole partitions, so small ones let it spill no more than needed. But
 * every partition is a task, which costs the driver 1 to 2 ms an iteration for any number of cores.
 * So with more cores a partition may be larger: {@link #BYTES_PER_PARTITION_AND_CORE} for each
 * core, from {@link #LEAST_BYTES} to {@link #MOST_BYTES}. A value counts as one byte, its size in
 * the input; digits take about half of that in the cache.
 */
public final class DefaultPartitions {

  static final long BYTES_PER_PARTITION_AND_CORE = 16L << 20;
  static final long LEAST_BYTES = 128L << 20;
  static final long MOST_BYTES = 1L << 30;

  private DefaultPartitions() {}

  /**
   * The number of partitions. A source with fewer blocks has fewer partitions.
   *
   * @param cores the number of cores of all executors, as far as Spark knows it
   */
  public static int of(RowSource source, int cores) {
    long bytes = source.rows() * source.features();
    long limit = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, cores * BYTES_PER_PARTITION_AND_CORE));
    long round = cores * limit;
    long rounds = (bytes + round - 1) / round;
    return (int) Math.min(Integer.MAX_VALUE, rounds * cores);
  }
}
