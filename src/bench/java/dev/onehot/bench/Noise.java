package dev.onehot.bench;

import dev.onehot.math.SplitMix64;

/** Noise of generated classes. */
final class Noise {

  private Noise() {}

  /**
   * The class with the largest logit after Gumbel noise. Each class wins as often as the softmax of
   * the logits says.
   */
  static int mostLikely(double[] logits, long seed, long row) {
    SplitMix64 random = new SplitMix64();
    random.start(seed, row);
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logits.length; c++) {
      double uniform = random.between(Double.MIN_NORMAL, 1);
      double noisy = logits[c] - StrictMath.log(-StrictMath.log(uniform));
      if (noisy > most) {
        most = noisy;
        best = c;
      }
    }
    return best;
  }
}
