package dev.onehot.data;

import dev.onehot.math.SplitMix64;
import java.io.Serializable;

/**
 * Which rows are kept for validation: a pure function of the seed and the row's position in the
 * input, so that it is the same on any cluster and for any partitioning.
 *
 * @param fraction about which share of the rows is kept, from 0 (none) to less than 1
 * @param seed picks the rows
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

  /** Whether the row at a position, counted from 0, is kept for validation. */
  public boolean contains(long position) {
    long state = SplitMix64.mix(seed) + (position + 1) * SplitMix64.GAMMA;
    double uniform = (SplitMix64.mix(state) >>> 11) * 0x1p-53;
    return uniform < fraction;
  }

  /** The same for several rows; null if no row is ever kept. */
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
