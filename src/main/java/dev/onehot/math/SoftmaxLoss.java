package dev.onehot.math;

/** The cross-entropy of rows, from what a kernel has stored of their softmax. */
final class SoftmaxLoss {

  /**
   * How many rows' denominators are multiplied before a logarithm is taken: Σ log s = log Π s. Each
   * is between 1 and the number of classes, so the product stays a finite double.
   */
  private static final int ROWS_PER_LOGARITHM = 32;

  private SoftmaxLoss() {}

  /**
   * {@code Σ (log s_r + max a_r − a_ry)} over the rows from … to − 1, in the one prescribed order.
   * This is {@code Σ −log p_ry}, but computes no probability, so none can underflow.
   *
   * @param labelGaps for each row max a − a_y
   * @param denominators for each row s = Σ exp(a_c − max a)
   */
  static double sum(float[] labelGaps, float[] denominators, int from, int to) {
    double loss = 0;
    int r = from;
    for (; r <= to - ROWS_PER_LOGARITHM; r += ROWS_PER_LOGARITHM) {
      loss += sumOfFew(labelGaps, denominators, r, r + ROWS_PER_LOGARITHM);
    }
    return loss + sumOfFew(labelGaps, denominators, r, to);
  }

  /**
   * {@code Σ w_r · (max a_r − a_ry + log s_r)} over the rows from … to − 1, one after another, in
   * float64.
   *
   * @param weights for each row w
   */
  static double weightedSum(
      float[] weights, float[] labelGaps, float[] denominators, int from, int to) {
    double loss = 0;
    for (int r = from; r < to; r++) {
      loss += weights[r] * (labelGaps[r] + StrictMath.log(denominators[r]));
    }
    return loss;
  }

  /** Uses four partial sums, so that no addition waits for the one before. */
  private static double sumOfFew(float[] labelGaps, float[] denominators, int from, int to) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double product0 = 1;
    double product1 = 1;
    double product2 = 1;
    double product3 = 1;
    int r = from;
    for (; r <= to - 4; r += 4) {
      sum0 += labelGaps[r];
      sum1 += labelGaps[r + 1];
      sum2 += labelGaps[r + 2];
      sum3 += labelGaps[r + 3];
      product0 *= denominators[r];
      product1 *= denominators[r + 1];
      product2 *= denominators[r + 2];
      product3 *= denominators[r + 3];
    }
    for (; r < to; r++) {
      sum0 += labelGaps[r];
      product0 *= denominators[r];
    }
    double product = product0 * product1 * (product2 * product3);
    return sum0 + sum1 + (sum2 + sum3) + StrictMath.log(product);
  }
}
