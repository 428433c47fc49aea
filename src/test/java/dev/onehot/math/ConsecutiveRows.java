package dev.onehot.math;

import java.util.stream.IntStream;

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
      long index, int[] labels, byte[] pixels, int features, boolean[] heldBack) {
    int[] rows = IntStream.range(0, labels.length).toArray();
    return RowBlock.of(index, index * RowBlock.ROWS, rows, labels, pixels, features, heldBack);
  }
}
