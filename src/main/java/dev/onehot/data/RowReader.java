package dev.onehot.data;

/** Reads runs of rows, each behind the one before unless an implementation allows any order. */
@FunctionalInterface
public interface RowReader {

  /**
   * Reads a run of rows.
   *
   * @param position of the first row
   * @param rows how many
   * @param values gets their features, rows × F unsigned bytes
   * @param labels gets their labels; null if the source is unlabelled
   * @throws dev.onehot.failure.InputException if what the rows stand in is broken
   */
  void read(long position, int rows, byte[] values, int[] labels);
}
