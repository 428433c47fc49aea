package dev.onehot.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IndependentPreconditionerTest {

  @Test
  void aPreconditionedGradientTimesTheDampedCurvatureIsTheGradient() {
    double[] means = {0.5, -0.3, 1};
    double[] variances = {0.2, 0.06, 0};
    // Features 0 and 1 and a bias: 4 times the mean square (0.45 + 0.15)/2, penalty 2 · 0.05 but
    // not of the
    // bias.
    double[][] curvature = {
      {1.75, -0.15, 0.5},
      {-0.15, 1.45, -0.3},
      {0.5, -0.3, 2.2}
    };
    double[] gradient = {1, -2, 3, 0.5, -1, 4};
    double[] step = gradient.clone();
    IndependentPreconditioner preconditioner =
        new IndependentPreconditioner(means, variances, 2, 2, 0.05);
    preconditioner.apply(step);
    for (int i = 0; i < 3; i++) {
      for (int c = 0; c < 2; c++) {
        double product = 0;
        for (int j = 0; j < 3; j++) {
          product += curvature[i][j] / 2 * step[j * 2 + c];
        }
        assertThat(product).isEqualTo(gradient[i * 2 + c], within(1e-12));
      }
    }
    double[] direction = {2, -1, 0.5};
    double expected = 0;
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        expected += direction[i] * curvature[i][j] * direction[j];
      }
    }
    assertThat(preconditioner.expected(direction)).isEqualTo(expected, within(1e-12));
    double[] solved = direction.clone();
    preconditioner.solve(solved);
    assertThat(preconditioner.expected(solved))
        .isEqualTo(
            direction[0] * solved[0] + direction[1] * solved[1] + direction[2] * solved[2],
            within(1e-12));
  }

  @Test
  void stepsBecomeShorter() {
    double[] means = {0.5, 0.1};
    double[] variances = {0.2, 0.06};
    double[] gradient = {1, -2, 3, 0.5};
    double[] shorter = gradient.clone();
    new IndependentPreconditioner(means, variances, 2, 2, 0).apply(gradient);
    IndependentPreconditioner shortened = new IndependentPreconditioner(means, variances, 2, 2, 0);
    shortened.shorten(4);
    shortened.apply(shorter);
    for (int i = 0; i < gradient.length; i++) {
      assertThat(shorter[i]).isEqualTo(gradient[i] / 4, within(1e-12));
    }
  }

  @Test
  void featuresThatAreAlwaysZeroGiveAFiniteStep() {
    double[] gradient = {1, -2, 0.5, 1};
    new IndependentPreconditioner(new double[2], new double[2], 2, 2, 0).apply(gradient);
    for (double step : gradient) {
      assertThat(step).isFinite().isNotZero();
    }
  }
}
