package dev.onehot.train;

/**
 * Multiplies each input's row of the gradient by a factor.
 *
 * @param factors one for each input
 * @param classes C
 */
record DiagonalPreconditioner(double[] factors, int classes) implements Preconditioner {

  @Override
  public void apply(double[] gradient) {
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= factors[i / classes];
    }
  }
}
