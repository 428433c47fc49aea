package dev.onehot.math;

import java.io.Serializable;

/**
 * The raw features of some rows, in one of three layouts: unsigned bytes ({@link ByteRows}),
 * float32 ({@link FloatRows}), or only what isn't 0 ({@link SparseRows}). What a row's features are
 * doesn't depend on the layout. A missing value is NaN.
 *
 * <p>Its classes are no records: Spark may cache or move them with {@code spark.serializer}, and
 * Kryo cannot read records.
 */
public abstract sealed class RowValues implements Serializable
    permits ByteRows, FloatRows, SparseRows {

  private static final long serialVersionUID = 1L;

  /** The number of rows. */
  public abstract int rows();

  /** The number of features of a row, F. */
  public abstract int features();

  /** How many features of a row aren't 0, at most. */
  public abstract int mostNonZeros(int row);

  /**
   * Copies a row's features that aren't 0, with the columns ascending.
   *
   * @param columns receives their indices; {@link #mostNonZeros} numbers fit
   * @param into receives their values
   * @return how many there are
   */
  public abstract int copyNonZeros(int row, int[] columns, float[] into);

  /**
   * Copies all features of a row.
   *
   * @param into receives F numbers
   */
  public abstract void copyRow(int row, float[] into);

  /**
   * Copies all features of a row as unsigned bytes.
   *
   * @param into receives F bytes, from {@code at} on
   * @throws IllegalStateException if a value is no whole number 0 … 255
   */
  public abstract void copyBytes(int row, byte[] into, int at);

  /** A copy of the rows from {@code from} on, up to but not with {@code to}, in the same layout. */
  public abstract RowValues slice(int from, int to);

  /** Whether a value can be held as an unsigned byte. */
  public static boolean fitsByte(float value) {
    return value >= 0 && value <= 255 && value == (int) value;
  }

  static byte toByte(float value) {
    if (!fitsByte(value)) {
      throw new IllegalStateException(value + " is no whole number 0 to 255");
    }
    return (byte) (int) value;
  }
}
