package dev.onehot.math;

import java.io.Serializable;
import java.util.List;

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

  /**
   * The same rows with more features, which are 0, or these rows if they have as many.
   *
   * @throws IllegalArgumentException if they have more
   */
  public abstract RowValues withFeatures(int count);

  /**
   * The same rows with a number in place of each missing value. It may change these rows.
   *
   * @param means F numbers
   */
  public abstract RowValues withMissing(double[] means);

  /** A copy of the rows from {@code from} on, up to but not with {@code to}, in the same layout. */
  public abstract RowValues slice(int from, int to);

  /**
   * Rows one after another.
   *
   * @param parts rows of the same number of features, at least one part
   * @return all rows; sparse if those of any part are
   */
  public static RowValues joined(List<RowValues> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int features = parts.get(0).features();
    int rows = parts.stream().mapToInt(RowValues::rows).sum();
    if (parts.stream().anyMatch(SparseRows.class::isInstance)) {
      return SparseRows.of(parts, rows, features);
    }
    float[] all = new float[Math.multiplyExact(rows, features)];
    float[] row = new float[features];
    int at = 0;
    for (RowValues part : parts) {
      for (int r = 0; r < part.rows(); r++, at += features) {
        part.copyRow(r, row);
        System.arraycopy(row, 0, all, at, features);
      }
    }
    return new FloatRows(features, all);
  }

  final void requireAtMost(int count) {
    if (features() > count) {
      throw new IllegalArgumentException(features() + " features, where there should be " + count);
    }
  }

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
