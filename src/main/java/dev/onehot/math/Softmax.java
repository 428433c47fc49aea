package dev.onehot.math;

/** The softmax function, in float64: {@code p_c = exp(s_c) / Σ exp(s_k)}. */
public final class Softmax {

  private Softmax() {}

  /**
   * Probabilities of one row of scores.
   *
   * <p>The largest score is subtracted first, which changes nothing in exact arithmetic and keeps
   * every exponent at or below 0: any finite scores give finite probabilities that sum to 1.
   *
   * @param scores C finite scores
   * @return C probabilities
   */
  public static double[] of(double[] scores) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = Math.max(largest, score);
    }
    double[] probabilities = new double[scores.length];
    double sum = 0;
    for (int c = 0; c < scores.length; c++) {
      probabilities[c] = StrictMath.exp(scores[c] - largest);
      sum += probabilities[c];
    }
    for (int c = 0; c < scores.length; c++) {
      probabilities[c] /= sum;
    }
    return probabilities;
  }

  /** Probabilities of every row of an N × C matrix of scores. */
  public static double[][] of(double[][] scores) {
    double[][] probabilities = new double[scores.length][];
    for (int i = 0; i < scores.length; i++) {
      probabilities[i] = of(scores[i]);
    }
    return probabilities;
  }
}
