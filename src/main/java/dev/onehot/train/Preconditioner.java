package dev.onehot.train;

/** What turns a gradient into a better direction before the optimizer sees it. */
sealed interface Preconditioner permits DiagonalPreconditioner, CovariancePreconditioner {

  /**
   * Replaces a gradient.
   *
   * @param gradient inputs × classes, row after row
   */
  void apply(double[] gradient);

  /**
   * Whether steps come so close to the largest stable ones that a rise of the loss must make them
   * shorter.
   */
  boolean needsRestarts();
}
