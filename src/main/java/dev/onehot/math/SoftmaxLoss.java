package dev.onehot.math;

/** The cross-entropy of rows whose softmax a kernel has computed, in the one prescribed order. */
final class SoftmaxLoss {

  /**
   * Rows whose denominators are multiplied before a logarithm is taken of them: Σ log s = log Π s.
   * Each is between 1 and the number of classes, so the product stays a finite double.
   */
  private static final int ROWS_PER_LOGARITHM = 32;

  private SoftmaxLoss() {}

  /**
   * {@code Σ log s_r + max a_r − a_ry} over the rows from … to − 1, which is Σ −log p_ry; no
   * probability is formed, so none can underflow.
   *
   * @param margins for each row max a − a_y
   * @param denominators for each row s = Σ exp(a_c − max a)
   */
  static double sum(float[] margins, float[] denominators, int from, int to) {
    double loss = 0;
    double product = 1;
    for (int r = from; r < to; r++) {
      loss += margins[r];
      product *= denominators[r];
      if ((r - from) % ROWS_PER_LOGARITHM == ROWS_PER_LOGARITHM - 1) {
        loss += StrictMath.log(product);
        product = 1;
      }
    }
    return loss + StrictMath.log(product);
  }
}
