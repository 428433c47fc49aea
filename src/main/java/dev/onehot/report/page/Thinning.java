package dev.onehot.report.page;

import java.util.BitSet;
import java.util.List;

/**
 * Chooses which points of long curves are drawn. Points that follow one another make a bucket; of
 * each bucket the lowest and the highest point of every curve is kept, so that no spike is lost.
 */
final class Thinning {

  private Thinning() {}

  /**
   * The indices of the points to draw, ascending, with the first and the last.
   *
   * @param curves the values of each curve, all of one length; NaN where there is none
   * @param most the most points, unless more are needed for two points of every curve
   */
  static int[] kept(List<double[]> curves, int most) {
    int length = curves.isEmpty() ? 0 : curves.get(0).length;
    BitSet kept = new BitSet(length);
    if (length <= most) {
      kept.set(0, length);
      return kept.stream().toArray();
    }
    kept.set(0);
    kept.set(length - 1);
    int buckets = Math.max(1, (most - 2) / (2 * curves.size()));
    for (int b = 0; b < buckets; b++) {
      int from = (int) ((long) b * length / buckets);
      int to = (int) ((long) (b + 1) * length / buckets);
      for (double[] curve : curves) {
        keepExtremes(curve, from, to, kept);
      }
    }
    return kept.stream().toArray();
  }

  private static void keepExtremes(double[] curve, int from, int to, BitSet kept) {
    int lowest = -1;
    int highest = -1;
    for (int i = from; i < to; i++) {
      if (!Double.isNaN(curve[i])) {
        lowest = lowest < 0 || curve[i] < curve[lowest] ? i : lowest;
        highest = highest < 0 || curve[i] > curve[highest] ? i : highest;
      }
    }
    if (lowest >= 0) {
      kept.set(lowest);
      kept.set(highest);
    }
  }
}
