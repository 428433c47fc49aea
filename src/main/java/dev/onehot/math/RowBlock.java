package dev.onehot.math;

import java.io.Serializable;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Up to {@link #ROWS} labelled rows of unsigned bytes: one cell of the fixed global grid. Gradients
 * are computed and rounded block by block. The more alike the rows of a block are (see {@link
 * SimilarityOrder}), the less work it makes.
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
 * <p>Rows {@code 0 … trainingRows-1} are trained on; the others are held back for validation. Both
 * parts are sorted by how many non-zeros a row has in sparse columns. So the loops of the forward
 * pass over neighbouring rows have the same number of rounds, which processors predict.
 */
public final class RowBlock implements Serializable {

  private static final long serialVersionUID = 6L;

  /**
   * Rows in every block of the grid but the last. With half as many, a gradient's loop over rows
   * ends twice as often, and twice as many sums are joined and rounded; with twice as many,
   * residuals no longer fit the nearest cache: on MNIST both take 6 to 7 % longer.
   */
  public static final int ROWS = 512;

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

  /** A header of 12 bytes, two longs, three ints and ten pointers, padded to a multiple of 8. */
  private static final int OBJECT_BYTES = 80;

  final long index;
  final int features;
  final int trainingRows;
  final int nonZeros;
  final long fingerprint;
  final char[] labels;

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
  RowBlock(RowBlockBuilder built) {
    index = built.index;
    features = built.features;
    trainingRows = built.trainingRows;
    nonZeros = built.nonZeros;
    fingerprint = built.fingerprint;
    labels = built.labels;
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
   * @param values n × features unsigned bytes, row after row; may be longer
   * @param features the number of columns, 1 to {@link #MAX_FEATURES}
   * @param heldBack for each of {@code rows}, whether it is held back for validation; null if none
   *     is
   * @throws IllegalArgumentException if any of these is out of its range
   */
  public static RowBlock of(
      long index,
      long firstPosition,
      int[] rows,
      int[] labels,
      byte[] values,
      int features,
      boolean[] heldBack) {
    long[] positions = new long[rows.length];
    for (int r = 0; r < rows.length; r++) {
      positions[r] = firstPosition + rows[r];
    }
    return of(index, positions, rows, labels, values, features, heldBack);
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
  public static RowBlock of(
      long index, long[] positions, int[] labels, byte[] values, int features, boolean[] heldBack) {
    int[] rows = IntStream.range(0, positions.length).toArray();
    return of(index, positions, rows, labels, values, features, heldBack);
  }

  private static RowBlock of(
      long index,
      long[] positions,
      int[] rows,
      int[] labels,
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
    return new RowBlock(
        new RowBlockBuilder(index, positions, rows, labels, values, features, heldBack));
  }

  /** How many blocks of the grid cover this many rows. */
  public static long count(long rows) {
    return (rows + ROWS - 1) / ROWS;
  }

  /** The number of rows, with those held back. */
  public int rows() {
    return labels.length;
  }

  /** The number of non-zeros in all rows. */
  public int nonZeros() {
    return nonZeros;
  }

  /**
   * A 64-bit hash of all rows: their labels, values and positions in the input. If a block that is
   * read again has another fingerprint, the input has changed. It doesn't depend on which rows are
   * held back. The fingerprint of several blocks is the sum of theirs, which may wrap around.
   */
  public long fingerprint() {
    return fingerprint;
  }

  /**
   * The number of bytes on the heap of a 64-bit HotSpot with compressed pointers. Spark's own
   * estimate only looks at a sample of the cached blocks; for partitions of some hundred blocks it
   * was up to 15 % lower.
   */
  public long memoryBytes() {
    long bytes = OBJECT_BYTES;
    for (char[] array :
        new char[][] {labels, denseColumns, columns, sparseColumns, rowsOfColumns}) {
      bytes += arrayBytes((long) array.length * Character.BYTES);
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
  private static long arrayBytes(long content) {
    return (16 + content + 7) / 8 * 8;
  }

  /** The block's index on the grid, counted from 0. */
  public long index() {
    return index;
  }

  /** The number of columns, at most 65,535. */
  public int features() {
    return features;
  }

  /** How many rows are trained on; they are the first ones. */
  public int trainingRows() {
    return trainingRows;
  }

  /** The label of each row; not a copy. */
  public char[] labels() {
    return labels;
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

  /** Receives the non-zeros of a row. */
  @FunctionalInterface
  public interface NonZeros {

    /**
     * Takes one non-zero.
     *
     * @param value 1 … 255
     */
    void take(int column, int value);
  }

  /** Passes the non-zeros of a row on, with the columns ascending. */
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
