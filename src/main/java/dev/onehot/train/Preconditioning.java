package dev.onehot.train;

import org.apache.spark.api.java.JavaSparkContext;

/** How the gradient is changed before the optimizer sees it. */
public enum Preconditioning {
  /** Not at all. */
  NONE,

  /**
   * Each feature's is scaled by {@code 1 / (variance + λ + 0.01)} of it over the training rows, λ
   * being the L2 penalty's: the diagonal of the inverse of a bound on the curvature of what is
   * minimised, so that features that hardly vary learn as quickly as the others, and the penalty
   * cannot make the iteration unstable. The bias counts as a feature with second moment 1 and no
   * penalty.
   */
  VARIANCE,

  /** All features' at once by the inverse of their uncentred covariance, which is the curvature. */
  COVARIANCE;

  /** The most features that {@link #COVARIANCE} takes: F² numbers, F³/6 multiplications. */
  public static final int MOST_FEATURES = 2048;

  /** Keeps features that never vary from getting an endless factor. */
  private static final double DAMPING = 0.01;

  private static final double BIAS_SECOND_MOMENT = 1;

  /** What is used unless the user says: the covariance, if it is of use and not too large. */
  public static Preconditioning defaultFor(OptimizerKind optimizer, int features) {
    // Adam scales each weight's gradient by its own history.
    return optimizer == OptimizerKind.ADAM || features > MOST_FEATURES ? VARIANCE : COVARIANCE;
  }

  /** The warm-up that was measured to suit it on MNIST. */
  public int defaultWarmup() {
    return this == COVARIANCE ? 5 : 30;
  }

  /** Prepares it for one training; of {@link #COVARIANCE}, in a distributed pass over a sample. */
  Preconditioner create(JavaSparkContext spark, TrainingSet data, double l2, boolean bias) {
    int inputs = bias ? data.features() + 1 : data.features();
    return switch (this) {
      case NONE, VARIANCE ->
          new DiagonalPreconditioner(factors(data.variances(), l2, inputs), data.classes());
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
