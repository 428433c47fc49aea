package dev.onehot.data;

import dev.onehot.math.RowBlock;
import java.io.Serializable;

/**
 * How the blocks of the global grid fall into partitions: partition {@code p} of {@code P} holds
 * the run of blocks {@code [⌊p·B/P⌋, ⌊(p+1)·B/P⌋)}. Which rows make a block never depends on it.
 *
 * @param rows all rows of the input
 * @param partitions the number of runs {@code P}, from one to the number of blocks {@code B}
 */
public record BlockGrid(long rows, int partitions) implements Serializable {

  public BlockGrid {
    if (rows < 1 || partitions < 1 || partitions > RowBlock.count(rows)) {
      throw new IllegalArgumentException(
          "%d rows do not make %d partitions of whole blocks".formatted(rows, partitions));
    }
  }

  /** The grid with as many partitions as wanted, or as there are blocks if these are fewer. */
  public static BlockGrid of(long rows, int wantedPartitions) {
    return new BlockGrid(rows, (int) Math.min(wantedPartitions, RowBlock.count(rows)));
  }

  /** How many blocks there are. */
  public long blocks() {
    return RowBlock.count(rows);
  }

  /** A partition's first block; of {@code P}, the end of the last partition. */
  public long firstBlock(int partition) {
    return partition * blocks() / partitions;
  }

  /** A partition's first row; of {@code P}, the number of rows. */
  public long firstRow(int partition) {
    return Math.min(rows, firstBlock(partition) * RowBlock.ROWS);
  }
}
