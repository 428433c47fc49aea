package dev.onehot.data;

/**
 * The default number of partitions: the number of cores, or a multiple of it if partitions would
 * otherwise be too large, but not more than pay.
 *
 * <p>Spark caches and spills whole partitions, so small ones let it spill no more than needed. But
 * every partition is a task, which costs the driver 1 to 2 ms an iteration for any number of cores.
 * So with more cores a partition may be larger: {@link #BYTES_PER_PARTITION_AND_CORE} for each
 * core, from {@link #LEAST_BYTES} to {@link #MOST_BYTES}. A value counts as one byte, its size in
 * the input; digits take about half of that in the cache.
 *
 * <p>A task reads and sorts all rows of its blocks' groups, so the partitions of one group repeat
 * each other's work. Therefore a group is divided among {@link #MOST_OF_A_GROUP} of them at the
 * most.
 */
public final class DefaultPartitions {

  static final long BYTES_PER_PARTITION_AND_CORE = 16L << 20;
  static final long LEAST_BYTES = 128L << 20;
  static final long MOST_BYTES = 1L << 30;
  static final long MOST_OF_A_GROUP = 4;

  private DefaultPartitions() {}

  /**
   * The number of partitions. A source with fewer blocks has fewer partitions.
   *
   * @param cores the number of cores of all executors, as far as Spark knows it
   */
  public static int of(RowSource source, int cores) {
    long bytes = source.rows() * source.bytesOfRow();
    long limit = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, cores * BYTES_PER_PARTITION_AND_CORE));
    long round = cores * limit;
    long rounds = (bytes + round - 1) / round;
    long most = MOST_OF_A_GROUP * BlockGroups.ofBytes(source.rows(), source.bytesOfRow()).count();
    // Whole rounds, if there can be one.
    long partitions = most < cores ? most : Math.min(rounds, most / cores) * cores;
    return (int) Math.min(Integer.MAX_VALUE, partitions);
  }
}
