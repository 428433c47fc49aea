package dev.onehot.data;

/**
 * Reads runs of rows. Each run must begin where the one before ended, unless an implementation
 * allows any order.
 */
@FunctionalInterface
public interface RowReader {

  /**
   * Reads a run of rows.
   *
   * @param position the position of the first row
   * @param rows the number of rows
   * @param values receives the features, rows × F unsigned bytes
   * @param labels receives the labels; null if the source is unlabelled
   * @throws dev.onehot.failure.InputException if the input that holds the rows is broken
   */
  void read(long position, int rows, byte[] values, int[] labels);
}
