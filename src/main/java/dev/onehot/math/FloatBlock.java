package dev.onehot.math;

import java.util.Locale;

/**
 * A block of real numbers: raw values times a power of two for each feature, so that none has a
 * magnitude above 1.
 *
 * <p>It has no part whose length is the number of features, of which there may be a million. A
 * column without non-zeros in the block isn't there. The others are stored in one of two ways:
 *
 * <ul>
 *   <li>densely, with one number for each row, if at least one value in {@link #DENSE_ONE_IN} isn't
 *       zero. Both passes read the same copy;
 *   <li>sparsely otherwise: only its non-zeros, but in two copies. The forward pass reads the
 *       row-wise copy (CSR: 16-bit column, 32-bit value). The backward pass reads the column-wise
 *       copy (CSC: 16-bit row, 32-bit value).
 * </ul>
 *
 * <p>A 16-bit column is an index into the list of the block's sparse columns. Where there are more
 * of them than {@link #SLAB}, the list is cut into slabs of that many, and the row-wise copy has
 * all rows of one slab after another.
 *
 * <p>The training rows come first; apart from that, rows have the order in which they were given.
 */
public final class FloatBlock extends RowBlock {

  private static final long serialVersionUID = 1L;

  /**
   * A column is dense if at least one of this many values isn't zero: it then takes less memory.
   */
  static final int DENSE_ONE_IN = 3;

  /** How many rows of a dense column lie side by side: as many as the widest vector has lanes. */
  static final int STRIP = 16;

  /** How many sparse columns a 16-bit index can name. */
  static final int SLAB = 1 << Character.SIZE;

  /** A header of 12 bytes, two longs, three ints and 11 pointers, padded to a multiple of 8. */
  private static final int OBJECT_BYTES = 88;

  /** The dense columns, ascending. */
  final int[] denseColumns;

  /**
   * The values of the dense columns. Rows are cut into strips of {@link #STRIP}; a strip has one
   * column after another, and a column its value of each row. Rows that don't exist are 0; there
   * are an even number of strips.
   */
  final float[] denseValues;

  /** The sparse columns that aren't empty, ascending. */
  final int[] sparseColumns;

  /**
   * For each slab, and in it for each row, an offset into {@code columns} and {@code values}; then
   * the end of the last.
   */
  final int[] rowStart;

  /** Row-wise: the column of each non-zero as an index into its slab, ascending within a row. */
  final char[] columns;

  /** Row-wise: each non-zero. */
  final float[] values;

  /**
   * For each of {@code sparseColumns} an offset into {@code rowsOfColumns} and {@code
   * valuesOfColumns}, and the end of the last.
   */
  final int[] columnStart;

  /** Column-wise: the row of each non-zero of a training row, ascending within a column. */
  final char[] rowsOfColumns;

  /** Column-wise: each non-zero of a training row. */
  final float[] valuesOfColumns;

  /** Takes over the arrays of a finished builder. */
  private FloatBlock(FloatBlockBuilder built) {
    super(
        built.index,
        built.features,
        built.trainingRows,
        built.nonZeros,
        built.fingerprint,
        built.labels,
        built.rowWeights);
    denseColumns = built.denseColumns;
    denseValues = built.denseValues;
    sparseColumns = built.sparseColumns;
    rowStart = built.rowStart;
    columns = built.columns;
    values = built.values;
    columnStart = built.columnStart;
    rowsOfColumns = built.rowsOfColumns;
    valuesOfColumns = built.valuesOfColumns;
  }

  /** Takes the rows of another block, with other numbers for the columns. */
  private FloatBlock(FloatBlock other, int features, int[] denseColumns, int[] sparseColumns) {
    super(
        other.index,
        features,
        other.trainingRows,
        other.nonZeros,
        other.fingerprint,
        other.labels,
        other.rowWeights);
    this.denseColumns = denseColumns;
    denseValues = other.denseValues;
    this.sparseColumns = sparseColumns;
    rowStart = other.rowStart;
    columns = other.columns;
    values = other.values;
    columnStart = other.columnStart;
    rowsOfColumns = other.rowsOfColumns;
    valuesOfColumns = other.valuesOfColumns;
  }

  /**
   * A view of this block without its empty columns: the others are numbered from 0 on, in their
   * order. It has the fingerprint of this block.
   */
  public FloatBlock withoutEmptyColumns() {
    int[] dense = new int[denseColumns.length];
    int[] sparse = new int[sparseColumns.length];
    int i = 0;
    int k = 0;
    while (i < dense.length || k < sparse.length) {
      boolean isDense =
          k == sparse.length || i < dense.length && denseColumns[i] < sparseColumns[k];
      if (isDense) {
        dense[i] = i + k;
        i++;
      } else {
        sparse[k] = i + k;
        k++;
      }
    }
    return new FloatBlock(this, Math.max(1, dense.length + sparse.length), dense, sparse);
  }

  /**
   * Builds a block from some rows of a group of n rows.
   *
   * @param index the block's index on the grid
   * @param firstPosition the position of the group's first row in the input, counted from 0
   * @param rows which rows of the group make the block, 1 to {@link #ROWS} of 0 … n − 1. Row r of
   *     the group has position {@code firstPosition + r}
   * @param labels n labels, of all rows of the group; those of the block are 0 … 65,535
   * @param weights n weights, more than 0 and at most 1; null if all are 1
   * @param values n rows of raw features
   * @param scales the power of two of each feature
   * @param heldBack for each of {@code rows}, whether it is held back for validation; null if none
   *     is
   * @throws IllegalArgumentException if any of these is out of its range, or a value is missing or
   *     larger than {@code scales} says
   */
  public static FloatBlock of(
      long index,
      long firstPosition,
      int[] rows,
      int[] labels,
      float[] weights,
      RowValues values,
      FeatureValues scales,
      boolean[] heldBack) {
    if (rows.length < 1 || rows.length > ROWS) {
      throw new IllegalArgumentException("a block has 1 to " + ROWS + " rows, not " + rows.length);
    }
    if (values.rows() != labels.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d labels for %d rows of features", labels.length, values.rows()));
    }
    for (int row : rows) {
      if (row < 0 || row >= labels.length) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "row %d of %d", row, labels.length));
      }
      if (labels[row] < 0 || labels[row] > Character.MAX_VALUE) {
        throw new IllegalArgumentException("a label is 0 to 65535, not " + labels[row]);
      }
    }
    return new FloatBlock(
        new FloatBlockBuilder(
            index, firstPosition, rows, labels, weights, values, scales, heldBack));
  }

  @Override
  public long memoryBytes() {
    long bytes = OBJECT_BYTES;
    for (char[] array : new char[][] {labels, columns, rowsOfColumns}) {
      bytes += ByteBlock.arrayBytes((long) array.length * Character.BYTES);
    }
    if (rowWeights != null) {
      bytes += ByteBlock.arrayBytes((long) rowWeights.length * Float.BYTES);
    }
    for (float[] array : new float[][] {denseValues, values, valuesOfColumns}) {
      bytes += ByteBlock.arrayBytes((long) array.length * Float.BYTES);
    }
    for (int[] array : new int[][] {denseColumns, sparseColumns, rowStart, columnStart}) {
      bytes += ByteBlock.arrayBytes((long) array.length * Integer.BYTES);
    }
    return bytes;
  }

  /** How many slabs the sparse columns make. */
  int slabs() {
    return slabs(sparseColumns.length);
  }

  static int slabs(int sparseColumns) {
    return (sparseColumns + SLAB - 1) / SLAB;
  }

  /** The index in {@link #denseValues} of the value of a row in a dense column. */
  static int denseAt(int denseColumns, int column, int row) {
    return (row / STRIP * denseColumns + column) * STRIP + row % STRIP;
  }

  @Override
  public void forEachNonZero(int row, NonZeros taker) {
    int dense = 0;
    for (int slab = 0; slab < slabs(); slab++) {
      int from = slab * rows() + row;
      for (int k = rowStart[from]; k < rowStart[from + 1]; k++) {
        int column = sparseColumns[slab * SLAB + columns[k]];
        dense = takeDense(row, dense, column, taker);
        taker.take(column, values[k]);
      }
    }
    takeDense(row, dense, features, taker);
  }

  /**
   * Passes on a row's non-zeros in dense columns below a limit; returns the first one not below.
   */
  private int takeDense(int row, int from, int limit, NonZeros taker) {
    int i = from;
    for (; i < denseColumns.length && denseColumns[i] < limit; i++) {
      float value = denseValues[denseAt(denseColumns.length, i, row)];
      if (value != 0) {
        taker.take(denseColumns[i], value);
      }
    }
    return i;
  }
}
