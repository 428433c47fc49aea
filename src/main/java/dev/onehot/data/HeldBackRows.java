package dev.onehot.data;

import dev.onehot.math.SplitMix64;
import java.io.Serializable;

/**
 * Which rows are held back for validation: a pure function of the seed and the row's position, so
 * the same rows on any cluster and for any partitions.
 *
 * @param fraction the approximate share of rows held back, from 0 (none) to less than 1
 * @param seed selects the rows
 */
public record HeldBackRows(double fraction, long seed) implements Serializable {

  public HeldBackRows {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException("a fraction in [0, 1) is held back, not " + fraction);
    }
  }

  /** Every row is trained on. */
  public static HeldBackRows none() {
    return new HeldBackRows(0, 0);
  }

  /** Whether the row at a position is held back. Positions count from 0. */
  public boolean contains(long position) {
    long state = SplitMix64.mix(seed) + (position + 1) * SplitMix64.GAMMA;
    double uniform = (SplitMix64.mix(state) >>> 11) * 0x1p-53;
    return uniform < fraction;
  }

  /** Whether each of several rows is held back; null if no row ever is. */
  boolean[] among(long[] positions) {
    if (fraction == 0) {
      return null;
    }
    boolean[] heldBack = new boolean[positions.length];
    for (int r = 0; r < positions.length; r++) {
      heldBack[r] = contains(positions[r]);
    }
    return heldBack;
  }
}
