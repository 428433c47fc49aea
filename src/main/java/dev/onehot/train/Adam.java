package dev.onehot.train;

import java.util.Map;

/**
 * Adam with bias correction, β₂ = 0.999 and ε = 1e-8 (Kingma and Ba, "Adam: a method for stochastic
 * optimization", ICLR 2015, algorithm 1).
 */
final class Adam implements Optimizer {

  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  private static final String FIRST_MOMENT = "adam.firstMoment";
  private static final String SECOND_MOMENT = "adam.secondMoment";
  private static final String POWERS = "adam.betaPowers";

  private final double[] firstMoment;
  private final double[] secondMoment;
  private final double beta1;

  /** β₁ᵗ and β₂ᵗ. */
  private double beta1Power = 1;

  private double beta2Power = 1;

  Adam(int size, double beta1) {
    firstMoment = new double[size];
    secondMoment = new double[size];
    this.beta1 = beta1;
  }

  @Override
  public void update(double[] weights, double[] gradient, double learningRate) {
    beta1Power *= beta1;
    beta2Power *= BETA2;
    for (int i = 0; i < weights.length; i++) {
      double g = gradient[i];
      firstMoment[i] = beta1 * firstMoment[i] + (1 - beta1) * g;
      secondMoment[i] = BETA2 * secondMoment[i] + (1 - BETA2) * g * g;
      double mean = firstMoment[i] / (1 - beta1Power);
      double variance = secondMoment[i] / (1 - beta2Power);
      weights[i] -= learningRate * mean / (Math.sqrt(variance) + EPSILON);
    }
  }

  @Override
  public void save(Map<String, double[]> arrays) {
    arrays.put(FIRST_MOMENT, firstMoment);
    arrays.put(SECOND_MOMENT, secondMoment);
    arrays.put(POWERS, new double[] {beta1Power, beta2Power});
  }

  @Override
  public void restore(TrainingSnapshot snapshot) {
    snapshot.copy(FIRST_MOMENT, firstMoment);
    snapshot.copy(SECOND_MOMENT, secondMoment);
    double[] powers = snapshot.array(POWERS, 2);
    beta1Power = powers[0];
    beta2Power = powers[1];
  }
}
