package dev.onehot.train;

/** How the gradient is scaled, feature by feature, before the optimizer sees it. */
public enum Preconditioning {
  /** Not at all. */
  NONE,

  /**
   * By {@code 1 / (variance + λ + 0.01)} of each feature over the training rows, λ being the L2
   * penalty's: the diagonal of the inverse of a bound on the curvature of what is minimised, so
   * that features that hardly vary learn as quickly as the others, and the penalty cannot make the
   * iteration unstable. The bias counts as a feature with second moment 1 and no penalty.
   */
  VARIANCE;

  /** Keeps features that never vary from getting an endless factor. */
  private static final double DAMPING = 0.01;

  private static final double BIAS_SECOND_MOMENT = 1;

  /**
   * The factor of each row of the weight matrix.
   *
   * @param variances F variances of the features as the model sees them
   * @param l2 λ
   * @param inputs F, or F + 1 with a bias
   */
  double[] factors(double[] variances, double l2, int inputs) {
    double[] factors = new double[inputs];
    for (int j = 0; j < inputs; j++) {
      double curvature = j < variances.length ? variances[j] + l2 : BIAS_SECOND_MOMENT;
      factors[j] = this == NONE ? 1 : 1 / (curvature + DAMPING);
    }
    return factors;
  }
}
