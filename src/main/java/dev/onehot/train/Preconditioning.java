package dev.onehot.train;

import org.apache.spark.api.java.JavaSparkContext;

/** How the gradient is changed before the optimizer uses it. */
public enum Preconditioning {
  /** The gradient is not changed. */
  NONE,

  /**
   * The gradient of each feature is multiplied by {@code 1 / (E[x²] + λ + 0.01)}. {@code E[x²]} is
   * the feature's variance about 0, its mean square over the training rows, and λ is that of the L2
   * penalty. The denominator without 0.01 is the diagonal of a bound on the curvature of loss and
   * penalty. So features that are mostly 0 learn as quickly as the others, and the penalty cannot
   * make training unstable. The bias counts as a feature that is always 1 and has no penalty.
   *
   * <p>With the variance about the mean, a feature that is large but hardly varies would get a step
   * that is far too long along the mean row.
   */
  VARIANCE,

  /**
   * The gradient of all features is multiplied by the inverse of what their uncentred covariance
   * would be if they varied independently of each other: the diagonal of their variances, and the
   * product of their means. If they depend on each other, all steps become shorter by as much as
   * that makes the largest curvature larger. It takes some passes over the rows, and no more time
   * and memory for many features than the gradient itself.
   */
  INDEPENDENT,

  /**
   * The gradient of all features is multiplied by the inverse of their uncentred covariance, which
   * is the curvature.
   */
  COVARIANCE;

  /** The most features that {@link #COVARIANCE} takes: F² numbers, F³/6 multiplications. */
  public static final int MOST_FEATURES = 2048;

  /** Keeps the factor of a feature that never varies finite. */
  private static final double DAMPING = 0.01;

  private static final double BIAS_MEAN_SQUARE = 1;

  /**
   * The default for an optimizer: the covariance, if it helps the optimizer and is not too large.
   */
  public static Preconditioning defaultFor(OptimizerKind optimizer, int features) {
    // Adam scales each weight's gradient by its own history.
    if (optimizer == OptimizerKind.ADAM) {
      return VARIANCE;
    }
    return features > MOST_FEATURES ? INDEPENDENT : COVARIANCE;
  }

  /** Whether a learning rate of 1 is about Newton's step from small weights. */
  boolean isNewtonLike() {
    return this == COVARIANCE || this == INDEPENDENT;
  }

  /** The default warm-up, measured on MNIST. */
  public int defaultWarmup() {
    return isNewtonLike() ? 5 : 30;
  }

  /**
   * Creates the preconditioner of one training. {@link #COVARIANCE} needs a distributed pass over a
   * sample, {@link #INDEPENDENT} some over all rows.
   */
  Preconditioner create(JavaSparkContext spark, TrainingSet data, double l2, boolean bias) {
    int inputs = bias ? data.features() + 1 : data.features();
    return switch (this) {
      case NONE, VARIANCE ->
          new DiagonalPreconditioner(factors(data.meanSquares(), l2, inputs), data.classes());
      case INDEPENDENT -> IndependentMoments.preconditioner(spark, data, l2, bias);
      case COVARIANCE ->
          new CovariancePreconditioner(
              SecondMoments.of(spark, data, bias),
              data.features(),
              data.classes(),
              l2,
              data.trainingRows());
    };
  }

  /**
   * The factor of each row of the weight matrix.
   *
   * @param meanSquares F means of the squares of the scaled features
   * @param l2 λ
   * @param inputs F, or F + 1 with a bias
   */
  double[] factors(double[] meanSquares, double l2, int inputs) {
    double[] factors = new double[inputs];
    for (int j = 0; j < inputs; j++) {
      double curvature = j < meanSquares.length ? meanSquares[j] + l2 : BIAS_MEAN_SQUARE;
      factors[j] = this == NONE ? 1 : 1 / (curvature + DAMPING);
    }
    return factors;
  }
}
