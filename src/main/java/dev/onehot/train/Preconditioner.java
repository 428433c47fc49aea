package dev.onehot.train;

/** Turns a gradient into a better direction before the optimizer uses it. */
sealed interface Preconditioner
    permits DiagonalPreconditioner, IndependentPreconditioner, CovariancePreconditioner {

  /**
   * Changes a gradient in place.
   *
   * @param gradient inputs × classes, row after row
   */
  void apply(double[] gradient);
}
