package dev.onehot.data;

import org.apache.spark.Partitioner;

/** Sends a block, by its index on the grid, to the partition that {@link BlockGrid} gives it. */
final class BlockPartitioner extends Partitioner {

  private static final long serialVersionUID = 1L;

  private final BlockGrid grid;

  BlockPartitioner(BlockGrid grid) {
    this.grid = grid;
  }

  @Override
  public int numPartitions() {
    return grid.partitions();
  }

  @Override
  public int getPartition(Object block) {
    return grid.partitionOf((Long) block);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockPartitioner that && grid.equals(that.grid);
  }

  @Override
  public int hashCode() {
    return grid.hashCode();
  }
}
