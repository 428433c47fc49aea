package dev.onehot.train;

/** {@code W ← W − η·g}. */
final class GradientDescent implements Optimizer {

  @Override
  public void update(double[] weights, double[] gradient, double learningRate) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= learningRate * gradient[i];
    }
  }
}
