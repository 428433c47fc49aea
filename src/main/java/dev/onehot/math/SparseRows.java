package dev.onehot.math;

import java.util.Arrays;
import java.util.Locale;

/** Rows of which only what isn't 0 is held (CSR). */
public final class SparseRows extends RowValues {

  private static final long serialVersionUID = 1L;

  private final int features;
  private final int[] rowStart;
  private final int[] columns;
  private final float[] values;

  /**
   * @param features F
   * @param rowStart for each row an offset into {@code columns} and {@code values}, and the end of
   *     the last; not copied
   * @param columns the columns of the non-zeros, ascending within a row; not copied
   * @param values the non-zeros; not copied
   */
  public SparseRows(int features, int[] rowStart, int[] columns, float[] values) {
    if (features < 1 || rowStart.length < 1 || columns.length != values.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d columns and %d values of %d features",
              columns.length,
              values.length,
              features));
    }
    this.features = features;
    this.rowStart = rowStart;
    this.columns = columns;
    this.values = values;
  }

  @Override
  public int rows() {
    return rowStart.length - 1;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int mostNonZeros(int row) {
    return rowStart[row + 1] - rowStart[row];
  }

  @Override
  public int copyNonZeros(int row, int[] columns, float[] into) {
    int from = rowStart[row];
    int count = rowStart[row + 1] - from;
    System.arraycopy(this.columns, from, columns, 0, count);
    System.arraycopy(values, from, into, 0, count);
    return count;
  }

  @Override
  public void copyRow(int row, float[] into) {
    Arrays.fill(into, 0, features, 0);
    for (int k = rowStart[row]; k < rowStart[row + 1]; k++) {
      into[columns[k]] = values[k];
    }
  }

  @Override
  public void copyBytes(int row, byte[] into, int at) {
    Arrays.fill(into, at, at + features, (byte) 0);
    for (int k = rowStart[row]; k < rowStart[row + 1]; k++) {
      into[at + columns[k]] = toByte(values[k]);
    }
  }

  /** The same rows with another number of features, which is not below any column they have. */
  public SparseRows withFeatures(int other) {
    return new SparseRows(other, rowStart, columns, values);
  }

  @Override
  public SparseRows slice(int from, int to) {
    int first = rowStart[from];
    int end = rowStart[to];
    int[] starts = new int[to - from + 1];
    for (int r = from; r <= to; r++) {
      starts[r - from] = rowStart[r] - first;
    }
    return new SparseRows(
        features,
        starts,
        Arrays.copyOfRange(columns, first, end),
        Arrays.copyOfRange(values, first, end));
  }
}
