package dev.onehot.math;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A block of unsigned bytes.
 *
 * <p>A column is stored in one of two ways, which depends on how many of its values in the block
 * aren't zero:
 *
 * <ul>
 *   <li>densely, with one byte for each row, if at least one value in {@link #DENSE_ONE_IN} isn't
 *       zero. Both passes read the same copy;
 *   <li>sparsely otherwise: only its non-zeros, but in two copies. The forward pass reads the
 *       row-wise copy (CSR: 16-bit column, 8-bit value). The backward pass reads the column-wise
 *       copy (CSC: 16-bit row, 8-bit value), so it gathers residuals and scatters nothing.
 * </ul>
 *
 * <p>Measured over both passes on MNIST, a value of a dense column costs the kernels 15 to 25 % of
 * what a non-zero of a sparse column costs, and takes a fifth of its memory. If columns were dense
 * from a third or from a quarter on, both passes took equally long, and from a half on 10 % longer.
 * A quarter takes the least memory: 2.1 bytes for each non-zero of MNIST. Rows without any zeros
 * take 1 byte for each value.
 *
 * <p>The training rows and the rows held back are both sorted by how many non-zeros a row has in
 * sparse columns. So the loops of the forward pass over neighbouring rows have the same number of
 * rounds, which processors predict.
 */
public final class ByteBlock extends RowBlock {

  private static final long serialVersionUID = 7L;

  /** The most columns a block can have: a column index is 16 bits, and one is kept for the bias. */
  public static final int MAX_FEATURES = 65_535;

  /** The largest value a block can hold. */
  static final int MAX_VALUE = 255;

  /** What a block holds: unsigned bytes, which the model sees as 0 … 1. */
  public static final FeatureValues VALUES = new FeatureValues(MAX_VALUE, 1.0 / MAX_VALUE);

  /** Where values are counted: 0 alone, then four bins of equal width. */
  static final ValueBins BINS = new ValueBins(0, 1, 64, 128, 192);

  /** A column is dense if at least one of this many values isn't zero. */
  static final int DENSE_ONE_IN = 4;

  /** How many dense columns share an int. */
  static final int PACKED = Integer.BYTES;

  /** How many rows have their ints side by side: as many as the widest vector has lanes. */
  static final int STRIP = 16;

  /** Rows and columns of the sparse part are padded with zeros to a multiple of this length. */
  static final int PADDING = BlockKernel.ACCUMULATORS;

  /** A header of 12 bytes, two longs, three ints and 11 pointers, padded to a multiple of 8. */
  private static final int OBJECT_BYTES = 88;

  /** The dense columns, ascending. */
  final char[] denseColumns;

  /**
   * The values of the dense columns. Rows are cut into strips of {@link #STRIP}. A strip has {@link
   * #PACKED} columns after {@link #PACKED} columns, in the order in which the forward pass reads
   * them. Those columns have one int for each row, with the first column in the lowest byte. So
   * shift and mask make one column after another of a vector of ints, which takes fewer operations
   * than to widen bytes. Rows and columns that don't exist are 0. So is one more strip behind the
   * last, because it may be read ahead.
   */
  final int[] denseValues;

  /** For each row an offset into {@code columns} and {@code values}, and the end of the last. */
  final int[] rowStart;

  /** Row-wise: the column of each non-zero, ascending within a row; any column as padding. */
  final char[] columns;

  /** Row-wise: each non-zero, 1 … 255 as an unsigned byte; 0 as padding. */
  final byte[] values;

  /** The sparse columns that aren't empty in the training rows, ascending. */
  final char[] sparseColumns;

  /**
   * For each of {@code sparseColumns} an offset into {@code rowsOfColumns} and {@code
   * valuesOfColumns}, and the end of the last.
   */
  final int[] columnStart;

  /** Column-wise: the row of each non-zero of a training row, ascending; then padding. */
  final char[] rowsOfColumns;

  /** Column-wise: each non-zero of a training row, 1 … 255 as an unsigned byte; 0 as padding. */
  final byte[] valuesOfColumns;

  /** Takes over the arrays of a finished builder. */
  ByteBlock(ByteBlockBuilder built) {
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
    rowStart = built.rowStart;
    columns = built.columns;
    values = built.values;
    sparseColumns = built.sparseColumns;
    columnStart = built.columnStart;
    rowsOfColumns = built.rowsOfColumns;
    valuesOfColumns = built.valuesOfColumns;
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
   * @param values n × features unsigned bytes, row after row; may be longer
   * @param features the number of columns, 1 to {@link #MAX_FEATURES}
   * @param heldBack for each of {@code rows}, whether it is held back for validation; null if none
   *     is
   * @throws IllegalArgumentException if any of these is out of its range
   */
  public static ByteBlock of(
      long index,
      long firstPosition,
      int[] rows,
      int[] labels,
      float[] weights,
      byte[] values,
      int features,
      boolean[] heldBack) {
    long[] positions = new long[rows.length];
    for (int r = 0; r < rows.length; r++) {
      positions[r] = firstPosition + rows[r];
    }
    return of(index, positions, rows, labels, weights, values, features, heldBack);
  }

  /** The same, of rows whose weights are all 1. */
  public static ByteBlock of(
      long index,
      long firstPosition,
      int[] rows,
      int[] labels,
      byte[] values,
      int features,
      boolean[] heldBack) {
    return of(index, firstPosition, rows, labels, null, values, features, heldBack);
  }

  /**
   * Builds a block from rows that are already by themselves.
   *
   * @param index the block's index on the grid
   * @param positions n positions of the rows in the input, counted from 0
   * @param labels n labels, 0 … 65,535
   * @param values n × features unsigned bytes, row after row; may be longer
   * @param features the number of columns, 1 to {@link #MAX_FEATURES}
   * @param heldBack for each row, whether it is held back for validation; null if none is
   * @throws IllegalArgumentException if any of these is out of its range
   */
  public static ByteBlock of(
      long index, long[] positions, int[] labels, byte[] values, int features, boolean[] heldBack) {
    int[] rows = IntStream.range(0, positions.length).toArray();
    return of(index, positions, rows, labels, null, values, features, heldBack);
  }

  private static ByteBlock of(
      long index,
      long[] positions,
      int[] rows,
      int[] labels,
      float[] weights,
      byte[] values,
      int features,
      boolean[] heldBack) {
    if (rows.length < 1 || rows.length > ROWS) {
      throw new IllegalArgumentException("a block has 1 to " + ROWS + " rows, not " + rows.length);
    }
    if (features < 1
        || features > MAX_FEATURES
        || values.length < (long) labels.length * features) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d rows of %d features do not fit %d values",
              labels.length,
              features,
              values.length));
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
    return new ByteBlock(
        new ByteBlockBuilder(index, positions, rows, labels, weights, values, features, heldBack));
  }

  @Override
  public long memoryBytes() {
    long bytes = OBJECT_BYTES;
    for (char[] array :
        new char[][] {labels, denseColumns, columns, sparseColumns, rowsOfColumns}) {
      bytes += arrayBytes((long) array.length * Character.BYTES);
    }
    if (rowWeights != null) {
      bytes += arrayBytes((long) rowWeights.length * Float.BYTES);
    }
    for (byte[] array : new byte[][] {values, valuesOfColumns}) {
      bytes += arrayBytes(array.length);
    }
    for (int[] array : new int[][] {denseValues, rowStart, columnStart}) {
      bytes += arrayBytes((long) array.length * Integer.BYTES);
    }
    return bytes;
  }

  /** The bytes of an array: a header of 16 and the content, padded to a multiple of 8. */
  static long arrayBytes(long content) {
    return (16 + content + 7) / 8 * 8;
  }

  /** The value, 0 … 255, of a row in a dense column; the index counts the dense columns only. */
  int denseValue(int column, int row) {
    int packed = denseValues[denseAt(denseColumns.length, column, row)];
    return packed >>> denseShift(column) & MAX_VALUE;
  }

  /** The index in {@link #denseValues} of the int that holds this value. */
  static int denseAt(int denseColumns, int column, int row) {
    return row / STRIP * stripLength(denseColumns) + column / PACKED * STRIP + row % STRIP;
  }

  /** How many bits are below the value in that int. */
  static int denseShift(int column) {
    return column % PACKED * Byte.SIZE;
  }

  /** The number of ints in a strip. */
  static int stripLength(int denseColumns) {
    return (denseColumns + PACKED - 1) / PACKED * STRIP;
  }

  @Override
  public void forEachNonZero(int row, NonZeros taker) {
    int k = rowStart[row];
    int end = rowStart[row + 1];
    for (int i = 0; i < denseColumns.length; i++) {
      int column = denseColumns[i];
      for (; k < end && values[k] != 0 && columns[k] < column; k++) {
        taker.take(columns[k], Byte.toUnsignedInt(values[k]));
      }
      int value = denseValue(i, row);
      if (value != 0) {
        taker.take(column, value);
      }
    }
    for (; k < end && values[k] != 0; k++) {
      taker.take(columns[k], Byte.toUnsignedInt(values[k]));
    }
  }
}
