package dev.onehot.math;

import java.util.Arrays;

/**
 * Bins of raw values: bin b has the values from {@code starts[b]} up to, but not with, the start of
 * the next bin. The last bin has no upper end.
 *
 * @param starts where each bin begins, ascending; the first is the least value there can be
 */
public record ValueBins(double... starts) {

  /**
   * @throws IllegalArgumentException if there is no bin, or if the starts don't ascend
   */
  public ValueBins {
    starts = starts.clone();
    boolean ascending = starts.length > 0;
    for (int b = 1; b < starts.length; b++) {
      ascending &= starts[b - 1] < starts[b];
    }
    if (!ascending) {
      throw new IllegalArgumentException("bins begin at " + Arrays.toString(starts));
    }
  }

  /** A copy. */
  @Override
  public double[] starts() {
    return starts.clone();
  }

  /** The number of bins. */
  public int count() {
    return starts.length;
  }

  /** The bin of a value; the first one for values below it. */
  public int of(double value) {
    int bin = starts.length - 1;
    while (bin > 0 && value < starts[bin]) {
      bin--;
    }
    return bin;
  }
}
