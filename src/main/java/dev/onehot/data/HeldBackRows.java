package dev.onehot.data;

import dev.onehot.math.ByteRows;
import dev.onehot.math.RowValues;
import dev.onehot.math.SplitMix64;
import java.io.Serializable;

/**
 * Which rows are held back: a pure function of the seed and the row, so the same rows on any
 * cluster and for any partitions.
 *
 * @param fraction the approximate share of rows held back, from 0 (none) to less than 1
 * @param seed selects the rows
 * @param by what a row is recognized by
 */
public record HeldBackRows(double fraction, long seed, By by) implements Serializable {

  /** What a row is recognized by. */
  public enum By {
    /** Its position in the input. */
    POSITION,
    /**
     * Its features. The same row is held back wherever it stands, so a training on other days holds
     * it back, too.
     */
    FEATURES
  }

  public HeldBackRows {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException("a fraction in [0, 1) is held back, not " + fraction);
    }
  }

  /** Rows are recognized by their positions. */
  public HeldBackRows(double fraction, long seed) {
    this(fraction, seed, By.POSITION);
  }

  /** Every row is trained on. */
  public static HeldBackRows none() {
    return new HeldBackRows(0, 0);
  }

  /** Whether the row at a position is held back. Positions count from 0. */
  public boolean contains(long position) {
    return isHeldBack(position + 1);
  }

  /**
   * Whether a row of unsigned bytes is held back.
   *
   * @param values holds F unsigned bytes from {@code from} on
   * @param features F
   */
  boolean contains(byte[] values, int from, int features) {
    long hash = features;
    for (int j = 0; j < features; j++) {
      hash = (hash ^ Byte.toUnsignedInt(values[from + j])) * SplitMix64.GAMMA;
      hash ^= hash >>> 32;
    }
    return isHeldBack(hash);
  }

  private boolean contains(RowValues values, int row) {
    if (values instanceof ByteRows bytes) {
      return contains(bytes.values(), row * bytes.features(), bytes.features());
    }
    int[] columns = new int[values.mostNonZeros(row)];
    float[] numbers = new float[columns.length];
    int count = values.copyNonZeros(row, columns, numbers);
    long hash = values.features();
    for (int k = 0; k < count; k++) {
      long bits = Integer.toUnsignedLong(Float.floatToIntBits(numbers[k]));
      hash = SplitMix64.mix(hash ^ ((long) columns[k] << Integer.SIZE | bits)) * SplitMix64.GAMMA;
    }
    return isHeldBack(hash);
  }

  private boolean isHeldBack(long row) {
    long state = SplitMix64.mix(seed) + row * SplitMix64.GAMMA;
    double uniform = (SplitMix64.mix(state) >>> 11) * 0x1p-53;
    return uniform < fraction;
  }

  /**
   * Whether each of several rows is held back; null if no row ever is.
   *
   * @param positions n positions
   * @param rows for each its row in {@code values}
   * @param values the features
   */
  boolean[] among(long[] positions, int[] rows, RowValues values) {
    if (fraction == 0) {
      return null;
    }
    boolean[] heldBack = new boolean[positions.length];
    for (int r = 0; r < positions.length; r++) {
      heldBack[r] = by == By.POSITION ? contains(positions[r]) : contains(values, rows[r]);
    }
    return heldBack;
  }
}
