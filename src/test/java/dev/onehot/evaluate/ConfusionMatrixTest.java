package dev.onehot.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The expected figures are scikit-learn 1.2.1's, with {@code zero_division=0}. */
class ConfusionMatrixTest {

  /** The third class is never predicted, and the fourth is neither label nor prediction. */
  private static final ConfusionMatrix MATRIX =
      new ConfusionMatrix(new long[][] {{5, 1, 0, 0}, {2, 3, 0, 0}, {1, 0, 0, 0}, {0, 0, 0, 0}});

  @Test
  void eachClassHasItsMetrics() {
    assertThat(MATRIX.accuracy()).isEqualTo(8 / 12.0);
    assertMetrics(MATRIX.metrics(0), 0.625, 5 / 6.0, 0.7142857142857143, 6);
    assertMetrics(MATRIX.metrics(1), 0.75, 0.6, 0.6666666666666666, 5);
    assertMetrics(MATRIX.metrics(2), 0, 0, 0, 1);
    assertMetrics(MATRIX.metrics(3), 0, 0, 0, 0);
  }

  @Test
  void meansLeaveOutClassesThatDoNotOccur() {
    assertMetrics(
        MATRIX.macroAverage(), 0.4583333333333333, 0.4777777777777778, 0.4603174603174603, 12);
    assertMetrics(MATRIX.weightedAverage(), 0.625, 0.6666666666666666, 0.6349206349206349, 12);
  }

  @Test
  void whereRowsHaveWeightsAllSharesAreOfWeights() {
    ConfusionMatrix matrix =
        new ConfusionMatrix(
            new long[][] {{5, 1, 0}, {2, 3, 0}, {1, 0, 0}},
            new double[][] {{2.5, 1.25, 0}, {0.5, 3, 0}, {0.75, 0, 0}});

    assertThat(matrix.accuracy()).isEqualTo(0.6875);
    assertThat(matrix.rows()).isEqualTo(12);
    assertThat(matrix.weight()).isEqualTo(8);
    assertMetrics(matrix.metrics(0), 2.5 / 3.75, 2.5 / 3.75, 2.5 / 3.75, 6);
    assertMetrics(matrix.metrics(1), 3 / 4.25, 3 / 3.5, 6 / 7.75, 5);
    assertMetrics(matrix.metrics(2), 0, 0, 0, 1);
    assertThat(matrix.metrics(1).weight()).isEqualTo(3.5);
    assertMetrics(
        matrix.macroAverage(), 0.45751633986928103, 0.5079365079365079, 0.4802867383512545, 12);
    assertMetrics(matrix.weightedAverage(), 0.6213235294117647, 0.6875, 0.6512096774193548, 12);
  }

  private static void assertMetrics(
      ClassMetrics metrics, double precision, double recall, double f1, long support) {
    assertThat(metrics.precision()).isEqualTo(precision, within(1e-15));
    assertThat(metrics.recall()).isEqualTo(recall, within(1e-15));
    assertThat(metrics.f1()).isEqualTo(f1, within(1e-15));
    assertThat(metrics.support()).isEqualTo(support);
  }
}
