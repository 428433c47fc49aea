package dev.onehot.data;

import dev.onehot.math.RowBlock;
import java.io.Serializable;
import java.util.Locale;

/**
 * Divides the blocks of the global grid into partitions: partition {@code p} of {@code P} holds the
 * run of blocks {@code [⌊p·B/P⌋, ⌊(p+1)·B/P⌋)}. The rows of a block do not depend on the
 * partitions.
 *
 * @param rows all rows of the input
 * @param partitions the number of runs {@code P}, from one to the number of blocks {@code B}
 */
public record BlockGrid(long rows, int partitions) implements Serializable {

  public BlockGrid {
    if (rows < 1 || partitions < 1 || partitions > RowBlock.count(rows)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d rows do not make %d partitions of whole blocks", rows, partitions));
    }
  }

  /** The grid with the wanted number of partitions, but at most one for each block. */
  public static BlockGrid of(long rows, int wantedPartitions) {
    return new BlockGrid(rows, (int) Math.min(wantedPartitions, RowBlock.count(rows)));
  }

  /** How many blocks there are. */
  public long blocks() {
    return RowBlock.count(rows);
  }

  /** A partition's first block; for {@code P}, the number of blocks. */
  public long firstBlock(int partition) {
    return partition * blocks() / partitions;
  }

  /** The position of a partition's first row; for {@code P}, the number of rows. */
  public long firstRow(int partition) {
    return Math.min(rows, firstBlock(partition) * RowBlock.ROWS);
  }
}
