package dev.onehot.train;

import java.util.Arrays;
import java.util.Map;

/**
 * Nesterov's accelerated gradient: {@code v ← μ·v − η·g; W ← W + μ·v − η·g}.
 *
 * <p>The velocity is in units of the weights, with η inside. So a rising η does not change the
 * share of old gradients in it.
 *
 * <p>The stored weights are those at the look-ahead point, where the next gradient is measured
 * (Bengio, Boulanger-Lewandowski and Pascanu, "Advances in optimizing recurrent networks", ICASSP
 * 2013, section 3.5).
 */
final class Nesterov implements Optimizer {

  private static final String VELOCITY = "nesterov.velocity";

  private final double[] velocity;
  private final double momentum;

  Nesterov(int size, double momentum) {
    velocity = new double[size];
    this.momentum = momentum;
  }

  @Override
  public void update(double[] weights, double[] gradient, double learningRate) {
    for (int i = 0; i < weights.length; i++) {
      double step = learningRate * gradient[i];
      velocity[i] = momentum * velocity[i] - step;
      weights[i] += momentum * velocity[i] - step;
    }
  }

  @Override
  public void restart() {
    Arrays.fill(velocity, 0);
  }

  @Override
  public void save(Map<String, double[]> arrays) {
    arrays.put(VELOCITY, velocity);
  }

  @Override
  public void restore(TrainingSnapshot snapshot) {
    snapshot.copy(VELOCITY, velocity);
  }
}
