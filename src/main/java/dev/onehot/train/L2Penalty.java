package dev.onehot.train;

/**
 * The penalty {@code λ/2 · Σ w²} over the weights of the features.
 *
 * @param lambda λ
 * @param penalised the number of penalised weights; the biases come after them and are not
 *     penalised
 */
record L2Penalty(double lambda, int penalised) {

  double of(double[] weights) {
    if (lambda == 0) {
      return 0;
    }
    double squares = 0;
    for (int i = 0; i < penalised; i++) {
      squares += weights[i] * weights[i];
    }
    return lambda / 2 * squares;
  }

  /** Adds {@code λ·w} to the gradient. */
  void addGradient(double[] weights, double[] gradient) {
    if (lambda == 0) {
      return;
    }
    for (int i = 0; i < penalised; i++) {
      gradient[i] += lambda * weights[i];
    }
  }
}
