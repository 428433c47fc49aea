package dev.onehot.train;

import dev.onehot.math.CholeskyFactor;

/**
 * Multiplies the gradient by {@code C · (Xᵀ·X/N + δ·I + C·λ·I)⁻¹}: the inverse of the curvature of
 * the loss where all classes are equally likely, {@code (1/C)·(I − 1·1ᵀ/C) ⊗ Xᵀ·X/N}, and of the
 * penalty. A learning rate of 1 is then Newton's step from small weights (Böhning, "Multinomial
 * logistic regression algorithm", Annals of the Institute of Statistical Mathematics 44, 1992, has
 * the like bound for any weights).
 *
 * <p>The second moments aren't centred: it is the step along the mean row that decides whether a
 * class gets past the gate, and without the mean it is far too long.
 *
 * <p>The damping δ is the mean second moment of a feature, times {@code 75·F/N} where that is more,
 * up to F/8: with few rows for each feature, directions of little variance are mostly noise.
 */
final class CovariancePreconditioner implements Preconditioner {

  /** Rows for each feature below which the damping grows; measured on MNIST and parts of it. */
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
   * @param features how many inputs, from the first, are features; the penalty leaves a bias behind
   *     them free
   * @param classes C
   * @param l2 λ
   * @param rows that are trained on, N
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
    // Features that are 0 on every row have no gradient; any damping will do.
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

  @Override
  public boolean needsRestarts() {
    return true;
  }
}
