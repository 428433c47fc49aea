package dev.onehot.spark;

import org.apache.spark.Partitioner;

/**
 * Divides numbered elements into runs, one for each partition: partition {@code p} of {@code P}
 * gets the numbers {@code ⌊p·n/P⌋ … ⌊(p+1)·n/P⌋ - 1} of n. The keys are the numbers, as {@link
 * Long}.
 */
public final class ContiguousPartitioner extends Partitioner {

  private static final long serialVersionUID = 1L;

  private final long count;
  private final int partitions;

  /**
   * @param count the number of elements, n
   * @param partitions P, at most n
   */
  public ContiguousPartitioner(long count, int partitions) {
    this.count = count;
    this.partitions = partitions;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object number) {
    return (int) ((((Long) number + 1) * partitions - 1) / count);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContiguousPartitioner that
        && count == that.count
        && partitions == that.partitions;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(count) + partitions;
  }
}
