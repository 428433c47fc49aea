package dev.onehot.train;

/**
 * {@code λ/2 · Σ w²} over the weights of the features.
 *
 * @param lambda λ
 * @param penalised how many weights, from the first; the biases behind them go free
 */
record L2Penalty(double lambda, int penalised) {

  double of(double[] weights) {
    double squares = 0;
    for (int i = 0; i < penalised; i++) {
      squares += weights[i] * weights[i];
    }
    return lambda / 2 * squares;
  }

  /** Adds {@code λ·w} to the gradient. */
  void addGradient(double[] weights, double[] gradient) {
    for (int i = 0; i < penalised; i++) {
      gradient[i] += lambda * weights[i];
    }
  }
}
