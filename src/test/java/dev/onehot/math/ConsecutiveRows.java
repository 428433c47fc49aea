package dev.onehot.math;

import java.util.stream.IntStream;

/** Blocks of rows that follow one another in the input as blocks do on the grid. */
public final class ConsecutiveRows {

  private ConsecutiveRows() {}

  /**
   * Builds a block.
   *
   * @param index the block's index on the grid
   * @param labels n labels
   * @param values n × features unsigned bytes, row after row; may be longer
   * @param features the number of columns
   * @param heldBack for each row, whether it is held back for validation; null if none is
   */
  public static ByteBlock block(
      long index, int[] labels, byte[] values, int features, boolean[] heldBack) {
    int[] rows = IntStream.range(0, labels.length).toArray();
    return ByteBlock.of(index, index * RowBlock.ROWS, rows, labels, values, features, heldBack);
  }
}
