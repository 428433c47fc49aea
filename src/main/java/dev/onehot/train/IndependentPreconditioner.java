package dev.onehot.train;

/**
 * Multiplies the gradient by {@code C · (diag(s) + m·mᵀ + δ·I + C·λ·I)⁻¹}, where m are the means of
 * the inputs and s their variances: {@link CovariancePreconditioner} for inputs that vary
 * independently of each other. It takes time and memory for each weight once, by the formula of
 * Sherman and Morrison.
 *
 * <p>The means are what a diagonal alone lacks. If features are never negative and rows have n
 * non-zeros, such as the words of texts, the curvature along the mean row is about n times that in
 * other directions. The longest step that is stable there is far too short elsewhere.
 *
 * <p>The damping δ is four times the mean of all features' mean squares. So rare features, of which
 * few rows can tell anything, learn more slowly than Newton's method would have it.
 */
final class IndependentPreconditioner implements Preconditioner {

  /**
   * The damping by mean squares. With 1, generated texts of 53 classes end at 0.361 test accuracy
   * instead of 0.381, and rows of rare categories at 0.476 instead of 0.497; with 16 it takes more
   * iterations, and ends no better.
   */
  private static final double DAMPING = 4;

  private final double[] diagonal;
  private final double[] means;

  /** The means divided by the diagonal. */
  private final double[] tilted;

  /** {@code 1 / (1 + m·tilted)}. */
  private final double share;

  private final int classes;
  private double factor;

  /**
   * A preconditioner whose steps are right if inputs vary independently.
   *
   * @param means for each input its mean; that of a bias, the last one, is 1
   * @param variances for each input its variance; that of a bias is 0
   * @param features the number of inputs that are features; a bias comes after them and is not
   *     penalised
   * @param classes C
   * @param l2 λ
   */
  IndependentPreconditioner(
      double[] means, double[] variances, int features, int classes, double l2) {
    this.means = means;
    this.classes = classes;
    factor = classes;
    double damping = damping(means, variances, features);
    diagonal = new double[means.length];
    tilted = new double[means.length];
    double product = 0;
    for (int i = 0; i < means.length; i++) {
      diagonal[i] = variances[i] + damping + (i < features ? classes * l2 : 0);
      tilted[i] = means[i] / diagonal[i];
      product += means[i] * tilted[i];
    }
    share = 1 / (1 + product);
  }

  private static double damping(double[] means, double[] variances, int features) {
    double mean = 0;
    for (int i = 0; i < features; i++) {
      mean += (variances[i] + means[i] * means[i]) / features;
    }
    // If all features are 0 on every row, the gradient is 0 and any damping will do.
    return mean > 0 ? DAMPING * mean : 1;
  }

  /** Makes all steps shorter by a divisor, 1 or more. */
  void shorten(double divisor) {
    factor = classes / divisor;
  }

  @Override
  public void apply(double[] gradient) {
    solve(gradient, classes, factor);
  }

  /**
   * Multiplies by the inverse and a factor, in place.
   *
   * @param columns inputs × width, row after row
   */
  private void solve(double[] columns, int width, double times) {
    double[] along = new double[width];
    for (int i = 0; i < tilted.length; i++) {
      addRow(columns, i * width, tilted[i], along);
    }
    for (int c = 0; c < width; c++) {
      along[c] *= share;
    }
    for (int i = 0; i < tilted.length; i++) {
      solveRow(columns, i * width, diagonal[i], tilted[i], along, times);
    }
  }

  // Loops of their own, over an index that counts by one from 0: so the JVM makes vectors of them.

  private static void addRow(double[] columns, int row, double tilt, double[] along) {
    for (int c = 0; c < along.length; c++) {
      along[c] += tilt * columns[row + c];
    }
  }

  private static void solveRow(
      double[] columns, int row, double diagonal, double tilt, double[] along, double times) {
    for (int c = 0; c < along.length; c++) {
      columns[row + c] = (columns[row + c] / diagonal - tilt * along[c]) * times;
    }
  }

  /**
   * Multiplies one number for each input by the inverse alone, without C, in place: {@code (diag(s)
   * + m·mᵀ + δ·I + C·λ·I)⁻¹·v}.
   */
  void solve(double[] vector) {
    solve(vector, 1, 1);
  }

  /** The curvature along a direction that it expects, {@code vᵀ·(diag(s) + m·mᵀ + …)·v}. */
  double expected(double[] direction) {
    double squares = 0;
    double along = 0;
    for (int i = 0; i < direction.length; i++) {
      squares += diagonal[i] * direction[i] * direction[i];
      along += means[i] * direction[i];
    }
    return squares + along * along;
  }
}
