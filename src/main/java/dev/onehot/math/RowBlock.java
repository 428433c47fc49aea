package dev.onehot.math;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Up to {@link #ROWS} labelled rows of unsigned bytes, zeros left out: one cell of the fixed global
 * grid, and the unit in which gradients are computed and rounded.
 *
 * <p>The non-zeros are held twice. Row-wise (CSR: 16-bit column, 8-bit value) they serve the
 * forward pass; column-wise (CSC: 8-bit row, 8-bit value) the backward pass, which so becomes a
 * gather instead of a scatter. That is 5 bytes a non-zero.
 *
 * <p>Rows {@code 0 … trainingRows-1} are trained on; the rest are held back for validation and
 * stand only in the row-wise copy.
 */
public final class RowBlock implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Rows in every block of the grid but the last. */
  public static final int ROWS = 256;

  /** The most columns a block can have: a column index is 16 bits, and one is kept for the bias. */
  public static final int MAX_FEATURES = 65_535;

  /** The largest value a block can hold. */
  public static final int MAX_VALUE = 255;

  private final long index;
  private final int features;
  private final int trainingRows;
  private final char[] labels;
  private final int[] rowStart;
  private final char[] columns;
  private final byte[] values;
  private final int[] columnStart;
  private final byte[] rowsOfColumns;
  private final byte[] valuesOfColumns;

  /** The arrays are not copied: whoever builds a block gives them away. */
  private RowBlock(
      long index,
      int features,
      int trainingRows,
      char[] labels,
      int[] rowStart,
      char[] columns,
      byte[] values,
      int[] columnStart,
      byte[] rowsOfColumns,
      byte[] valuesOfColumns) {
    this.index = index;
    this.features = features;
    this.trainingRows = trainingRows;
    this.labels = labels;
    this.rowStart = rowStart;
    this.columns = columns;
    this.values = values;
    this.columnStart = columnStart;
    this.rowsOfColumns = rowsOfColumns;
    this.valuesOfColumns = valuesOfColumns;
  }

  /** How many blocks of the grid cover so many rows. */
  public static long count(long rows) {
    return (rows + ROWS - 1) / ROWS;
  }

  /** All rows, held-back ones included. */
  public int rows() {
    return labels.length;
  }

  /** Non-zeros in all rows. */
  public int nonZeros() {
    return values.length;
  }

  /**
   * Builds a block from dense rows.
   *
   * @param index the block's place on the grid
   * @param labels {@code rows} classes
   * @param pixels {@code rows × features} unsigned bytes, row after row; may be longer
   * @param features the number of columns
   * @param heldBack for each row, whether it is kept for validation; null for none
   */
  public static RowBlock of(
      long index, char[] labels, byte[] pixels, int features, boolean[] heldBack) {
    int rows = labels.length;
    if (rows < 1 || rows > ROWS) {
      throw new IllegalArgumentException("a block has 1 to " + ROWS + " rows, not " + rows);
    }
    if (features < 1 || features > MAX_FEATURES || pixels.length < rows * features) {
      throw new IllegalArgumentException(
          "%d rows of %d features do not fit %d values".formatted(rows, features, pixels.length));
    }
    int[] order = trainingFirst(rows, heldBack);
    int trainingRows = order[rows];
    char[] orderedLabels = new char[rows];
    int[] rowStart = new int[rows + 1];
    int[] columnStart = new int[features + 1];
    for (int r = 0; r < rows; r++) {
      orderedLabels[r] = labels[order[r]];
      int at = order[r] * features;
      int nonZeros = 0;
      for (int j = 0; j < features; j++) {
        if (pixels[at + j] != 0) {
          nonZeros++;
          if (r < trainingRows) {
            columnStart[j + 1]++;
          }
        }
      }
      rowStart[r + 1] = rowStart[r] + nonZeros;
    }
    for (int j = 0; j < features; j++) {
      columnStart[j + 1] += columnStart[j];
    }

    char[] columns = new char[rowStart[rows]];
    byte[] values = new byte[rowStart[rows]];
    byte[] rowsOfColumns = new byte[columnStart[features]];
    byte[] valuesOfColumns = new byte[columnStart[features]];
    int[] columnEnd = Arrays.copyOf(columnStart, features);
    int k = 0;
    for (int r = 0; r < rows; r++) {
      int at = order[r] * features;
      for (int j = 0; j < features; j++) {
        byte value = pixels[at + j];
        if (value != 0) {
          columns[k] = (char) j;
          values[k++] = value;
          if (r < trainingRows) {
            rowsOfColumns[columnEnd[j]] = (byte) r;
            valuesOfColumns[columnEnd[j]++] = value;
          }
        }
      }
    }
    return new RowBlock(
        index,
        features,
        trainingRows,
        orderedLabels,
        rowStart,
        columns,
        values,
        columnStart,
        rowsOfColumns,
        valuesOfColumns);
  }

  /** The rows in the order they are kept, training rows first, and behind them how many train. */
  private static int[] trainingFirst(int rows, boolean[] heldBack) {
    int[] order = new int[rows + 1];
    int trainingRows = 0;
    for (int r = 0; r < rows; r++) {
      if (heldBack == null || !heldBack[r]) {
        order[trainingRows++] = r;
      }
    }
    order[rows] = trainingRows;
    int next = trainingRows;
    for (int r = 0; r < rows && next < rows; r++) {
      if (heldBack[r]) {
        order[next++] = r;
      }
    }
    return order;
  }

  /** The block's place on the grid: its first row is row {@code index * ROWS} of the input. */
  public long index() {
    return index;
  }

  /** The number of columns, at most 65,535. */
  public int features() {
    return features;
  }

  /** How many rows, from the first, are trained on. */
  public int trainingRows() {
    return trainingRows;
  }

  /** Each row's class; not a copy. */
  public char[] labels() {
    return labels;
  }

  /** {@code rows + 1} offsets into {@code columns} and {@code values}; not a copy. */
  public int[] rowStart() {
    return rowStart;
  }

  /** Row-wise: each non-zero's column, ascending within a row; not a copy. */
  public char[] columns() {
    return columns;
  }

  /** Row-wise: each non-zero, 1 … 255 as an unsigned byte; not a copy. */
  public byte[] values() {
    return values;
  }

  /**
   * {@code features + 1} offsets into {@code rowsOfColumns} and {@code valuesOfColumns}; not a
   * copy.
   */
  public int[] columnStart() {
    return columnStart;
  }

  /**
   * Column-wise: each training non-zero's row as an unsigned byte, ascending within a column; not a
   * copy.
   */
  public byte[] rowsOfColumns() {
    return rowsOfColumns;
  }

  /** Column-wise: each training non-zero, 1 … 255 as an unsigned byte; not a copy. */
  public byte[] valuesOfColumns() {
    return valuesOfColumns;
  }
}
