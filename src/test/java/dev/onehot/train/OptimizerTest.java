package dev.onehot.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizerTest {

  @Test
  void gradientDescentStepsAgainstTheGradient() {
    double[] weights = {1, 2};
    OptimizerKind.GD.create(2, 0.9).update(weights, new double[] {10, -20}, 0.1);
    assertThat(weights).containsExactly(0, 4);
  }

  @Test
  void nesterovIsTheTextbooksLookAhead() {
    // v' = mu v - eta g(w + mu v); w' = w + v', on g(w) = w; ours keeps u = w + mu v
    double w = 3;
    double v = 0;
    double[] lookAhead = {3};
    Optimizer optimizer = OptimizerKind.NESTEROV.create(1, 0.8);
    for (int step = 0; step < 30; step++) {
      double gradient = w + 0.8 * v;
      assertThat(lookAhead[0]).isEqualTo(gradient, within(1e-12));
      v = 0.8 * v - 0.1 * gradient;
      w += v;
      optimizer.update(lookAhead, new double[] {lookAhead[0]}, 0.1);
    }
  }

  @Test
  void nesterovsVelocityIsOneOfTheWeightsWhateverTheLearningRateDoes() {
    double[] weights = {0};
    Optimizer optimizer = OptimizerKind.NESTEROV.create(1, 0.5);
    optimizer.update(weights, new double[] {1}, 0.1);
    assertThat(weights[0]).isEqualTo(-0.1 - 0.05, within(1e-15));
    optimizer.update(weights, new double[] {0}, 100);
    assertThat(weights[0]).isEqualTo(-0.15 - 0.025, within(1e-15));
  }

  @Test
  void restartedNesterovForgetsItsVelocity() {
    double[] weights = {0};
    Optimizer optimizer = OptimizerKind.NESTEROV.create(1, 0.5);
    optimizer.update(weights, new double[] {1}, 0.1);
    optimizer.restart();
    weights[0] = 0;
    optimizer.update(weights, new double[] {0}, 0.1);
    assertThat(weights[0]).isZero();
  }

  @Test
  void adamsFirstStepsAreTheLearningRateWhateverTheGradientsSize() {
    for (double gradient : new double[] {1e-4, 1, 1e4}) {
      double[] weights = {0};
      Optimizer optimizer = OptimizerKind.ADAM.create(1, 0.9);
      for (int step = 1; step <= 5; step++) {
        optimizer.update(weights, new double[] {gradient}, 0.01);
        assertThat(weights[0]).isEqualTo(-0.01 * step, within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"GD, 0.5", "NESTEROV, 0.1", "ADAM, 0.1"})
  void everyOptimizerFindsTheBottomOfABowl(OptimizerKind kind, double learningRate) {
    double[] weights = {5, -3};
    Optimizer optimizer = kind.create(2, 0.9);
    for (int step = 0; step < 2000; step++) {
      double[] gradient = {weights[0] - 1, weights[1] - 2};
      optimizer.update(weights, gradient, learningRate);
    }
    assertThat(weights[0]).isEqualTo(1, within(1e-6));
    assertThat(weights[1]).isEqualTo(2, within(1e-6));
  }

  @Test
  void preconditioningDividesByTheCurvature() {
    double[] meanSquares = {0, 0.09};
    assertThat(Preconditioning.VARIANCE.factors(meanSquares, 0, 3))
        .containsExactly(new double[] {100, 10, 1 / 1.01}, within(1e-9));
    assertThat(Preconditioning.VARIANCE.factors(meanSquares, 0.1, 2))
        .containsExactly(new double[] {1 / 0.11, 5}, within(1e-9));
    assertThat(Preconditioning.NONE.factors(meanSquares, 0.1, 3)).containsExactly(1, 1, 1);
  }

  @Test
  void penaltyIsTheIntegralOfItsGradientAndLeavesTheBiasAlone() {
    L2Penalty penalty = new L2Penalty(0.3, 2);
    double[] weights = {2, -1, 7};
    double[] gradient = new double[3];
    penalty.addGradient(weights, gradient);
    double h = 1e-6;
    for (int i = 0; i < 3; i++) {
      double[] above = weights.clone();
      above[i] += h;
      double[] below = weights.clone();
      below[i] -= h;
      double slope = (penalty.of(above) - penalty.of(below)) / (2 * h);
      assertThat(gradient[i]).isEqualTo(slope, within(1e-8));
    }
    assertThat(gradient[2]).isZero();
  }
}
