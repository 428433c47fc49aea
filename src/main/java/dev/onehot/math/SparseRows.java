package dev.onehot.math;

import java.util.Arrays;
import java.util.List;
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

  /** All rows of some parts, one after another. */
  static SparseRows of(List<RowValues> parts, int rows, int features) {
    long most = 0;
    int longest = 0;
    for (RowValues part : parts) {
      for (int r = 0; r < part.rows(); r++) {
        most += part.mostNonZeros(r);
        longest = Math.max(longest, part.mostNonZeros(r));
      }
    }
    int[] rowStart = new int[rows + 1];
    int[] columns = new int[Math.toIntExact(most)];
    float[] values = new float[columns.length];
    int[] columnsOfRow = new int[longest];
    float[] valuesOfRow = new float[longest];
    int row = 0;
    int at = 0;
    for (RowValues part : parts) {
      for (int r = 0; r < part.rows(); r++) {
        int count = part.copyNonZeros(r, columnsOfRow, valuesOfRow);
        System.arraycopy(columnsOfRow, 0, columns, at, count);
        System.arraycopy(valuesOfRow, 0, values, at, count);
        at += count;
        rowStart[++row] = at;
      }
    }
    return new SparseRows(
        features, rowStart, Arrays.copyOf(columns, at), Arrays.copyOf(values, at));
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

  @Override
  public SparseRows withFeatures(int count) {
    requireAtMost(count);
    return new SparseRows(count, rowStart, columns, values);
  }

  @Override
  public SparseRows withMissing(double[] means) {
    int kept = 0;
    for (int r = 0; r < rows(); r++) {
      int from = rowStart[r];
      rowStart[r] = kept;
      for (int k = from; k < rowStart[r + 1]; k++) {
        float value = Float.isNaN(values[k]) ? (float) means[columns[k]] : values[k];
        if (value != 0) {
          columns[kept] = columns[k];
          values[kept++] = value;
        }
      }
    }
    int rows = rows();
    rowStart[rows] = kept;
    return new SparseRows(
        features, rowStart, Arrays.copyOf(columns, kept), Arrays.copyOf(values, kept));
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
