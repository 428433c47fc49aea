package dev.onehot.data;

import dev.onehot.math.RowBlock;
import java.io.Serializable;

/**
 * Groups: runs of the grid's blocks. The rows of a group are sorted by similarity, so that similar
 * rows come into one block. Like the blocks, groups do not depend on the partitions.
 *
 * @param rows all rows of the input
 * @param blocks how many blocks make a group; the last one may have fewer
 */
public record BlockGroups(long rows, int blocks) implements Serializable {

  /** More blocks make the rows of a block more similar, but more rows are read at once. */
  private static final int MOST_BLOCKS = 64;

  /** The most bytes for a group's values, at one byte a value. */
  private static final int MOST_BYTES = 32 << 20;

  /** The groups of an input: as few as the limits allow, and nearly equal in size. */
  public static BlockGroups of(long rows, int features) {
    return ofBytes(rows, features);
  }

  /**
   * The same for rows of any kind.
   *
   * @param bytes how many bytes a row takes
   */
  public static BlockGroups ofBytes(long rows, long bytes) {
    int most = (int) Math.max(1, Math.min(MOST_BLOCKS, MOST_BYTES / (RowBlock.ROWS * bytes)));
    long blocks = RowBlock.count(rows);
    long groups = (blocks + most - 1) / most;
    return new BlockGroups(rows, (int) ((blocks + groups - 1) / groups));
  }

  /** How many groups there are. */
  public long count() {
    return before(rows);
  }

  /** The group that holds a block. */
  public long groupOf(long block) {
    return block / blocks;
  }

  /** A group's first block. */
  public long firstBlock(long group) {
    return group * blocks;
  }

  /** How many groups begin before a row, given by its position. */
  public long before(long row) {
    return (row + rowsOfGroup() - 1) / rowsOfGroup();
  }

  /** The position of a group's first row; for the number of groups, the number of rows. */
  public long firstRow(long group) {
    return Math.min(rows, group * rowsOfGroup());
  }

  private long rowsOfGroup() {
    return (long) blocks * RowBlock.ROWS;
  }
}
