package dev.onehot.math;

import java.io.Serializable;

/**
 * Up to {@link #ROWS} labelled rows: one cell of the fixed global grid. Gradients are computed and
 * rounded block by block. The more alike the rows of a block are (see {@link SimilarityOrder}), the
 * less work it makes.
 *
 * <p>Rows {@code 0 … trainingRows-1} are trained on; the others are held back for validation.
 *
 * <p>A block holds values as {@link FeatureValues} says: raw values that are whole numbers 0 … 255
 * ({@link ByteBlock}), or raw values times a power of two for each feature ({@link FloatBlock}).
 */
public abstract sealed class RowBlock implements Serializable permits ByteBlock, FloatBlock {

  private static final long serialVersionUID = 7L;

  /**
   * Rows in every block of the grid but the last. With half as many, a gradient's loop over rows
   * ends twice as often, and twice as many sums are joined and rounded; with twice as many,
   * residuals no longer fit the nearest cache: on MNIST both take 6 to 7 % longer.
   */
  public static final int ROWS = 512;

  final long index;
  final int features;
  final int trainingRows;
  final int nonZeros;
  final long fingerprint;
  final char[] labels;

  /** For each row its weight, more than 0 and at most 1; null if all weights are 1. */
  final float[] rowWeights;

  RowBlock(
      long index,
      int features,
      int trainingRows,
      int nonZeros,
      long fingerprint,
      char[] labels,
      float[] rowWeights) {
    this.index = index;
    this.features = features;
    this.trainingRows = trainingRows;
    this.nonZeros = nonZeros;
    this.fingerprint = fingerprint;
    this.labels = labels;
    this.rowWeights = rowWeights;
  }

  /** How many blocks of the grid cover this many rows. */
  public static long count(long rows) {
    return (rows + ROWS - 1) / ROWS;
  }

  /** The block's index on the grid, counted from 0. */
  public final long index() {
    return index;
  }

  /** The number of columns. */
  public final int features() {
    return features;
  }

  /** The number of rows, with those held back. */
  public final int rows() {
    return labels.length;
  }

  /** How many rows are trained on; they are the first ones. */
  public final int trainingRows() {
    return trainingRows;
  }

  /** The number of non-zeros in all rows. */
  public final int nonZeros() {
    return nonZeros;
  }

  /**
   * A 64-bit hash of all rows: their labels, values, weights and positions in the input. If a block
   * that is read again has another fingerprint, the input has changed. It doesn't depend on which
   * rows are held back. The fingerprint of several blocks is the sum of theirs, which may wrap
   * around.
   */
  public final long fingerprint() {
    return fingerprint;
  }

  /** The label of each row; not a copy. */
  public final char[] labels() {
    return labels;
  }

  /** A row's weight, more than 0 and at most 1. */
  public final float rowWeight(int row) {
    return rowWeights == null ? 1 : rowWeights[row];
  }

  /**
   * A row's weight times that of its class.
   *
   * @param classWeights C weights; null if all are 1
   */
  final float rowWeight(int row, float[] classWeights) {
    return classWeights == null ? rowWeight(row) : rowWeight(row) * classWeights[labels[row]];
  }

  /**
   * The number of bytes on the heap of a 64-bit HotSpot with compressed pointers. Spark's own
   * estimate only looks at a sample of the cached blocks; for partitions of some hundred blocks it
   * was up to 15 % lower.
   */
  public abstract long memoryBytes();

  /** Receives the non-zeros of a row. */
  @FunctionalInterface
  public interface NonZeros {

    /** Takes one non-zero, as the block holds it. */
    void take(int column, float value);
  }

  /** Passes the non-zeros of a row on, with the columns ascending. */
  public abstract void forEachNonZero(int row, NonZeros taker);
}
