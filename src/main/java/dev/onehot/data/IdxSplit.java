package dev.onehot.data;

import dev.onehot.math.RowBlock;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;

/**
 * What one task reads: a run of whole blocks, and just those shards that its rows lie in.
 *
 * @param index the partition's number
 * @param grid all blocks of the input
 * @param firstBlock the run's first block
 * @param endBlock the block behind the run's last
 * @param shards in the order of their rows, none empty
 */
record IdxSplit(int index, BlockGrid grid, long firstBlock, long endBlock, List<IdxShard> shards)
    implements Partition {

  /** The runs of the grid: each task reads its own. */
  static List<IdxSplit> byGrid(BlockGrid grid, List<IdxShard> shards) {
    List<IdxSplit> splits = new ArrayList<>();
    for (int p = 0; p < grid.partitions(); p++) {
      splits.add(of(p, grid, grid.firstBlock(p), grid.firstBlock(p + 1), shards));
    }
    return List.copyOf(splits);
  }

  /**
   * A split a shard, so that each is read once: the blocks whose first row is the shard's. The last
   * of them may end in the shards behind.
   */
  static List<IdxSplit> byShard(BlockGrid grid, List<IdxShard> shards) {
    List<IdxSplit> splits = new ArrayList<>();
    for (IdxShard shard : shards) {
      long first = RowBlock.count(shard.firstRow());
      long end = RowBlock.count(Math.min(shard.endRow(), grid.rows()));
      if (first < end) {
        splits.add(of(splits.size(), grid, first, end, shards));
      }
    }
    return List.copyOf(splits);
  }

  /** Bytes that are decompressed only to get to the first row: gzip is read from its start. */
  long skippedBytes() {
    return shards.get(0).gzipBytes(firstBlock * RowBlock.ROWS);
  }

  private static IdxSplit of(
      int index, BlockGrid grid, long firstBlock, long endBlock, List<IdxShard> shards) {
    long firstRow = firstBlock * RowBlock.ROWS;
    long endRow = Math.min(endBlock * RowBlock.ROWS, grid.rows());
    List<IdxShard> overlapping =
        shards.stream().filter(s -> s.firstRow() < endRow && s.endRow() > firstRow).toList();
    return new IdxSplit(index, grid, firstBlock, endBlock, overlapping);
  }
}
