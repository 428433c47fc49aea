package dev.onehot.math;

import java.util.stream.LongStream;

/** Blocks of rows that follow one another in the input as blocks do on the grid. */
public final class ConsecutiveRows {

  private ConsecutiveRows() {}

  /**
   * Builds a block.
   *
   * @param index the block's place on the grid
   * @param labels {@code rows} classes
   * @param pixels {@code rows × features} unsigned bytes, row after row; may be longer
   * @param features the number of columns
   * @param heldBack for each row, whether it is kept for validation; null for none
   */
  public static RowBlock block(
      long index, char[] labels, byte[] pixels, int features, boolean[] heldBack) {
    long first = index * RowBlock.ROWS;
    long[] places = LongStream.range(first, first + labels.length).toArray();
    return RowBlock.of(index, places, labels, pixels, features, heldBack);
  }
}
