package dev.onehot.train;

/**
 * Nesterov's accelerated gradient: {@code v ← μ·v + g; W ← W − η·(g + μ·v)}.
 *
 * <p>The weights kept are those at the look-ahead point, where the next gradient is wanted (Bengio,
 * Boulanger-Lewandowski and Pascanu, "Advances in optimizing recurrent networks", ICASSP 2013,
 * section 3.5).
 */
final class Nesterov implements Optimizer {

  private final double[] velocity;
  private final double momentum;

  Nesterov(int size, double momentum) {
    velocity = new double[size];
    this.momentum = momentum;
  }

  @Override
  public void update(double[] weights, double[] gradient, double learningRate) {
    for (int i = 0; i < weights.length; i++) {
      velocity[i] = momentum * velocity[i] + gradient[i];
      weights[i] -= learningRate * (gradient[i] + momentum * velocity[i]);
    }
  }
}
