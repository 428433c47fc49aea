package dev.onehot.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

  @Test
  void withoutToleranceAndPatienceItNeverStops() {
    EarlyStopping stopping = new EarlyStopping(0, 0);
    for (int i = 0; i < 1000; i++) {
      assertThat(stopping.reasonToStop(metrics(i, 1, null), new double[1])).isEmpty();
    }
    assertThat(stopping.best()).isNull();
  }

  @Test
  void patienceCountsFromTheBestAndReturnsItsWeights() {
    EarlyStopping stopping = new EarlyStopping(0, 3);
    double[] validation = {5, 4, 3, 3.5, 3.2, 3.1};
    Optional<String> reason = Optional.empty();
    for (int i = 0; i < validation.length; i++) {
      assertThat(reason).isEmpty();
      reason = stopping.reasonToStop(metrics(i, 1, validation[i]), new double[] {i});
    }
    assertThat(reason).hasValueSatisfying(text -> assertThat(text).contains("3 iterations"));
    assertThat(stopping.best().iteration()).isEqualTo(2);
    assertThat(stopping.bestWeights()).containsExactly(2);
  }

  @Test
  void toleranceJudgesTheLowestLossOverAWindow() {
    EarlyStopping stopping = new EarlyStopping(0.01, 0);
    // Falls by 10 % an iteration until 25, with a bump that must not stop it, then stays.
    double loss = 100;
    int stoppedAt = -1;
    for (int i = 0; i < 100 && stoppedAt < 0; i++) {
      loss *= i <= 25 ? 0.9 : 1;
      double bump = i == 9 || i == 10 ? 50 : 0;
      if (stopping.reasonToStop(metrics(i, loss + bump, null), new double[1]).isPresent()) {
        stoppedAt = i;
      }
    }
    assertThat(stoppedAt).isBetween(36, 46);
  }

  @Test
  void nothingIsJudgedBehindAGateThatLeaks() {
    EarlyStopping stopping = new EarlyStopping(0.5, 2);
    for (int i = 0; i < 40; i++) {
      // The leaking model is better than any behind the closed gate.
      assertThat(stopping.reasonToStop(metrics(i, 0.1, 0.1, 0.01), new double[] {i})).isEmpty();
    }
    assertThat(stopping.best()).isNull();
    assertThat(stopping.reasonToStop(metrics(40, 1, 3.0), new double[] {40})).isEmpty();
    assertThat(stopping.reasonToStop(metrics(41, 1, 2.0), new double[] {41})).isEmpty();
    assertThat(stopping.reasonToStop(metrics(42, 1, 2.5), new double[] {42})).isEmpty();
    assertThat(stopping.reasonToStop(metrics(43, 1, 2.5), new double[] {43})).isPresent();
    assertThat(stopping.bestWeights()).containsExactly(41);
  }

  private static IterationMetrics metrics(int iteration, double loss, Double validationLoss) {
    return metrics(iteration, loss, validationLoss, 0);
  }

  private static IterationMetrics metrics(
      int iteration, double loss, Double validationLoss, double slope) {
    double[] shares = {1, 1};
    return new IterationMetrics(
        iteration, loss, 0, 0.5, 1, 0.1, slope, 0, shares, validationLoss, validationLoss, 1);
  }
}
