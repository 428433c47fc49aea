package dev.onehot.train;

import dev.onehot.math.CholeskyFactor;

/**
 * Multiplies the gradient by {@code C · (Xᵀ·X/N + δ·I + C·λ·I)⁻¹}: the inverse of the curvature of
 * the loss where all classes are equally likely, {@code (1/C)·(I − 1·1ᵀ/C) ⊗ Xᵀ·X/N}, and of the
 * penalty. A learning rate of 1 is then Newton's step from small weights (Böhning, "Multinomial
 * logistic regression algorithm", Annals of the Institute of Statistical Mathematics 44, 1992,
 * gives a similar bound for any weights).
 *
 * <p>The second moments are not centred. The step along the mean row decides whether a class gets
 * past the gate, and with centred moments that step is far too long.
 *
 * <p>The damping δ is the mean second moment of a feature times max(1, min(75·F/N, F/8)). With few
 * rows for each feature, directions of small variance are mostly noise.
 */
final class CovariancePreconditioner implements Preconditioner {

  /** With fewer rows for each feature, the damping grows. Measured on MNIST and parts of it. */
  private static final double AMPLE_ROWS = 75;

  /** The largest damping, as a share of the sum of all features' second moments. */
  private static final double LARGEST_SHARE = 1 / 8.0;

  private final CholeskyFactor factor;
  private final int classes;

  /** The gradient, class after class. */
  private final double[][] columns;

  /**
   * Factors the curvature.
   *
   * @param moments {@code Xᵀ·X/N}, inputs × inputs; overwritten
   * @param features the number of inputs that are features; a bias comes after them and is not
   *     penalised
   * @param classes C
   * @param l2 λ
   * @param rows the number of training rows, N
   */
  CovariancePreconditioner(double[][] moments, int features, int classes, double l2, long rows) {
    this.classes = classes;
    columns = new double[classes][moments.length];
    double damping = damping(moments, features, rows);
    for (int i = 0; i < moments.length; i++) {
      moments[i][i] += damping + (i < features ? classes * l2 : 0);
    }
    factor = CholeskyFactor.of(moments);
  }

  private static double damping(double[][] moments, int features, long rows) {
    double mean = 0;
    for (int i = 0; i < features; i++) {
      mean += moments[i][i] / features;
    }
    double times = Math.min(AMPLE_ROWS * features / rows, LARGEST_SHARE * features);
    // If all features are 0 on every row, the gradient is 0 and any damping will do.
    return mean > 0 ? mean * Math.max(1, times) : 1;
  }

  @Override
  public void apply(double[] gradient) {
    for (int c = 0; c < classes; c++) {
      for (int i = 0, at = c; at < gradient.length; i++, at += classes) {
        columns[c][i] = gradient[at] * classes;
      }
    }
    factor.solve(columns);
    for (int c = 0; c < classes; c++) {
      for (int i = 0, at = c; at < gradient.length; i++, at += classes) {
        gradient[at] = columns[c][i];
      }
    }
  }
}
