package dev.onehot.data.idx;

import dev.onehot.data.BlockGrid;
import dev.onehot.data.BlockGroups;
import dev.onehot.math.RowBlock;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Partition;

/**
 * What one task reads: a run of whole blocks, or of rows in their order, and just those shards that
 * these lie in. For blocks that is all rows of their groups; so other tasks may read rows at its
 * ends, too, of which both make different blocks.
 *
 * @param index the partition's number
 * @param first the run's first block, or its first row
 * @param end the block, or the row, behind the run's last
 * @param firstRow the row at which reading begins
 * @param shards in the order of their rows, none empty
 */
record IdxSplit(int index, long first, long end, long firstRow, List<IdxShard> shards)
    implements Partition {

  /** Runs of blocks as the grid cuts them: each task reads its own. */
  static List<IdxSplit> blocksByGrid(BlockGrid grid, BlockGroups groups, List<IdxShard> shards) {
    List<IdxSplit> splits = new ArrayList<>();
    for (int p = 0; p < grid.partitions(); p++) {
      splits.add(ofBlocks(p, groups, grid.firstBlock(p), grid.firstBlock(p + 1), shards));
    }
    return List.copyOf(splits);
  }

  /**
   * Runs of blocks, a split a shard, so that each is read once: the groups whose first row is the
   * shard's. The last of them may end in the shards behind.
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

  /** Runs of rows as the grid cuts them. */
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
   * Runs of rows, a split a shard.
   *
   * @param rows how many are taken of all
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

  /** Bytes that are decompressed only to get to the first row: gzip is read from its start. */
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
