package dev.onehot.data.idx;

import dev.onehot.data.BlockGrid;
import dev.onehot.data.BlockGroups;
import dev.onehot.math.RowBlock;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;

/**
 * The part of the input that one task reads: a run of whole blocks, or a run of rows in the order
 * of the input, and the shards that hold it. For blocks, the task reads all rows of their groups.
 * So two tasks may read the same group at the border of their runs, and build different blocks of
 * it.
 *
 * @param index the partition's number
 * @param first the run's first block, or the position of its first row
 * @param end the block, or the position, after the run's last
 * @param firstRow the position at which reading begins
 * @param shards in the order of their rows, none empty
 */
record IdxSplit(int index, long first, long end, long firstRow, List<IdxShard> shards)
    implements Partition {

  /** One split for each partition of the grid, with its blocks. */
  static List<IdxSplit> blocksByGrid(BlockGrid grid, BlockGroups groups, List<IdxShard> shards) {
    List<IdxSplit> splits = new ArrayList<>();
    for (int p = 0; p < grid.partitions(); p++) {
      splits.add(ofBlocks(p, groups, grid.firstBlock(p), grid.firstBlock(p + 1), shards));
    }
    return List.copyOf(splits);
  }

  /**
   * One split for each shard, so that each shard is read about once: the blocks of the groups whose
   * first row is in the shard. The last group may end in a later shard.
   */
  static List<IdxSplit> blocksByShard(BlockGroups groups, List<IdxShard> shards) {
    List<IdxSplit> splits = new ArrayList<>();
    for (IdxShard shard : shards) {
      long first = groups.firstBlock(groups.before(shard.firstRow()));
      long end =
          Math.min(groups.firstBlock(groups.before(shard.endRow())), RowBlock.count(groups.rows()));
      if (first < end) {
        splits.add(ofBlocks(splits.size(), groups, first, end, shards));
      }
    }
    return List.copyOf(splits);
  }

  /** One split for each partition of the grid, with its rows. */
  static List<IdxSplit> rowsByGrid(BlockGrid grid, List<IdxShard> shards) {
    List<IdxSplit> splits = new ArrayList<>();
    for (int p = 0; p < grid.partitions(); p++) {
      long first = grid.firstRow(p);
      long end = grid.firstRow(p + 1);
      splits.add(new IdxSplit(p, first, end, first, overlapping(first, end, shards)));
    }
    return List.copyOf(splits);
  }

  /**
   * One split for each shard, with its rows.
   *
   * @param rows the number of rows to use, from the first
   */
  static List<IdxSplit> rowsByShard(long rows, List<IdxShard> shards) {
    List<IdxSplit> splits = new ArrayList<>();
    for (IdxShard shard : shards) {
      long first = shard.firstRow();
      long end = Math.min(rows, shard.endRow());
      splits.add(new IdxSplit(splits.size(), first, end, first, List.of(shard)));
    }
    return List.copyOf(splits);
  }

  /**
   * The bytes that are decompressed only to reach the first row, since gzip is read from the start.
   */
  long skippedBytes() {
    return shards.get(0).gzipBytes(firstRow);
  }

  private static IdxSplit ofBlocks(
      int index, BlockGroups groups, long firstBlock, long endBlock, List<IdxShard> shards) {
    long firstRow = groups.firstRow(groups.groupOf(firstBlock));
    long endRow = groups.firstRow(groups.groupOf(endBlock - 1) + 1);
    return new IdxSplit(
        index, firstBlock, endBlock, firstRow, overlapping(firstRow, endRow, shards));
  }

  private static List<IdxShard> overlapping(long firstRow, long endRow, List<IdxShard> shards) {
    return shards.stream().filter(s -> s.firstRow() < endRow && s.endRow() > firstRow).toList();
  }
}
