package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Gradient, loss and shares by the formulas, in float64, row after row. */
final class PlainWeightedGradient {

  private final RandomFloatBlocks data;
  private final double[] gradient;
  private final double[] open;
  private double total;
  private double loss;
  private double right;
  private long rows;

  PlainWeightedGradient(
      RandomFloatBlocks data,
      double[] weights,
      boolean bias,
      Activation activation,
      float[] classWeights) {
    this.data = data;
    gradient = new double[weights.length];
    open = new double[data.classes];
    for (int r = 0; r < data.rows.size(); r++) {
      if (!data.heldBack.get(r)) {
        add(r, weights, bias, activation, classWeights);
      }
    }
  }

  private void add(
      int r, double[] weights, boolean bias, Activation activation, float[] classWeights) {
    int classes = data.classes;
    float[] x = data.rows.get(r);
    int label = data.labels.get(r);
    double weight = data.weights == null ? 1 : data.weights.get(r);
    weight *= classWeights == null ? 1 : classWeights[label];
    double[] z = new double[classes];
    for (int c = 0; c < classes; c++) {
      z[c] = bias ? weights[data.features * classes + c] : 0;
      for (int j = 0; j < data.features; j++) {
        z[c] += x[j] * weights[j * classes + c];
      }
      if (!activation.isGate() || z[c] > 0) {
        open[c] += weight;
      }
    }
    double[] p = Softmax.of(activation.apply(z));
    loss += weight * CrossEntropy.loss(p, label);
    right += Accuracy.argmax(p) == label ? weight : 0;
    total += weight;
    rows++;
    for (int c = 0; c < classes; c++) {
      double d = weight * (p[c] - (c == label ? 1 : 0)) * activation.derivative(z[c]);
      for (int j = 0; j < data.features; j++) {
        gradient[j * classes + c] += x[j] * d;
      }
      if (bias) {
        gradient[data.features * classes + c] += d;
      }
    }
  }

  /** Checks a kernel's sum against these numbers. */
  void assertSame(GradientSum sum, RoundedWeights rounded) {
    double[] average = sum.average(rounded, data.values);
    for (int i = 0; i < gradient.length; i++) {
      int j = i / data.classes;
      double largest = j < data.features ? Math.scalb(1.0, data.values.exponent(j)) : 1;
      assertThat(average[i]).isEqualTo(gradient[i] / total, within(2e-6 * largest));
    }
    RowStatistics training = sum.training();
    assertThat(training.rows()).isEqualTo(rows);
    assertThat(training.weight(rounded)).isEqualTo(total, within(1e-6 * total));
    assertThat(training.loss(rounded)).isEqualTo(loss / total, within(1e-5));
    // A row on the edge may fall to the other side in float32.
    assertThat(training.accuracy()).isEqualTo(right / total, within(0.006));
    for (int c = 0; c < data.classes; c++) {
      assertThat(training.activeShares()[c]).isEqualTo(open[c] / total, within(0.006));
    }
  }
}
