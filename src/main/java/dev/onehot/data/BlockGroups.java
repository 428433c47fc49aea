package dev.onehot.data;

import dev.onehot.math.RowBlock;
import java.io.Serializable;

/**
 * Runs of the grid's blocks over which rows are put in order, so that those alike come into one
 * block. Like the blocks they never depend on partitions.
 *
 * @param rows all rows of the input
 * @param blocks how many blocks make a group; the last one may have fewer
 */
public record BlockGroups(long rows, int blocks) implements Serializable {

  /** The more blocks, the more alike are a block's rows, and the more is read at a time. */
  private static final int MOST_BLOCKS = 64;

  /** What a group's values may take, at a byte each. */
  private static final int MOST_BYTES = 32 << 20;

  /** The groups of an input: as few as may be, and of them all nearly as large. */
  public static BlockGroups of(long rows, int features) {
    int most = Math.max(1, Math.min(MOST_BLOCKS, MOST_BYTES / (RowBlock.ROWS * features)));
    long blocks = RowBlock.count(rows);
    long groups = (blocks + most - 1) / most;
    return new BlockGroups(rows, (int) ((blocks + groups - 1) / groups));
  }

  /** How many there are. */
  public long count() {
    return before(rows);
  }

  /** Which group has a block. */
  public long groupOf(long block) {
    return block / blocks;
  }

  /** A group's first block. */
  public long firstBlock(long group) {
    return group * blocks;
  }

  /** How many begin before a row. */
  public long before(long row) {
    return (row + rowsOfGroup() - 1) / rowsOfGroup();
  }

  /** A group's first row in the input; of the number of groups, the number of rows. */
  public long firstRow(long group) {
    return Math.min(rows, group * rowsOfGroup());
  }

  private long rowsOfGroup() {
    return (long) blocks * RowBlock.ROWS;
  }
}
