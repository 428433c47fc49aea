package dev.onehot.data.idx;

import dev.onehot.data.BlockGrid;
import dev.onehot.data.BlockGroups;
import dev.onehot.math.RowBlock;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;

/**
 * What one task reads: a run of whole blocks, and just those shards that the rows of their groups
 * lie in. So at its ends other tasks may read rows, too, of which both make different blocks.
 *
 * @param index the partition's number
 * @param groups all groups of the input
 * @param firstBlock the run's first block
 * @param endBlock the block behind the run's last
 * @param shards in the order of their rows, none empty
 */
record IdxSplit(
    int index, BlockGroups groups, long firstBlock, long endBlock, List<IdxShard> shards)
    implements Partition {

  /** The runs of the grid: each task reads its own. */
  static List<IdxSplit> byGrid(BlockGrid grid, BlockGroups groups, List<IdxShard> shards) {
    List<IdxSplit> splits = new ArrayList<>();
    for (int p = 0; p < grid.partitions(); p++) {
      splits.add(of(p, groups, grid.firstBlock(p), grid.firstBlock(p + 1), shards));
    }
    return List.copyOf(splits);
  }

  /**
   * A split a shard, so that each is read once: the groups whose first row is the shard's. The last
   * of them may end in the shards behind.
   */
  static List<IdxSplit> byShard(BlockGroups groups, List<IdxShard> shards) {
    List<IdxSplit> splits = new ArrayList<>();
    for (IdxShard shard : shards) {
      long first = groups.firstBlock(groups.before(shard.firstRow()));
      long end =
          Math.min(groups.firstBlock(groups.before(shard.endRow())), RowBlock.count(groups.rows()));
      if (first < end) {
        splits.add(of(splits.size(), groups, first, end, shards));
      }
    }
    return List.copyOf(splits);
  }

  /** Bytes that are decompressed only to get to the first row: gzip is read from its start. */
  long skippedBytes() {
    return shards.get(0).gzipBytes(groups.firstRow(groups.groupOf(firstBlock)));
  }

  private static IdxSplit of(
      int index, BlockGroups groups, long firstBlock, long endBlock, List<IdxShard> shards) {
    long firstRow = groups.firstRow(groups.groupOf(firstBlock));
    long endRow = groups.firstRow(groups.groupOf(endBlock - 1) + 1);
    List<IdxShard> overlapping =
        shards.stream().filter(s -> s.firstRow() < endRow && s.endRow() > firstRow).toList();
    return new IdxSplit(index, groups, firstBlock, endBlock, overlapping);
  }
}
