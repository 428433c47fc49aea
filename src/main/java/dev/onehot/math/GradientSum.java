package dev.onehot.math;

import java.io.Serializable;

/**
 * The exact sum of the gradients, losses and counts of blocks. All of them are integers, so the
 * bits are the same in whatever order blocks and parts are added.
 */
public final class GradientSum implements Serializable {

  private static final long serialVersionUID = 1L;

  /** {@code inputs × classes} in {@link RoundedWeights#gradientScale()}, for raw features. */
  final long[] gradient;

  final RowStatistics training;
  final RowStatistics heldBack;

  /** An empty sum for weights of {@code inputs × classes}. */
  public GradientSum(int inputs, int classes) {
    gradient = new long[inputs * classes];
    training = new RowStatistics(classes);
    heldBack = new RowStatistics(classes);
  }

  /** Adds another sum to this one, in place. */
  public GradientSum merge(GradientSum other) {
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] += other.gradient[i];
    }
    training.merge(other.training);
    heldBack.merge(other.heldBack);
    return this;
  }

  /** The counts over the training rows, of which the gradient is. */
  public RowStatistics training() {
    return training;
  }

  /** The counts over the rows held back for validation. */
  public RowStatistics heldBack() {
    return heldBack;
  }

  /**
   * The weighted mean gradient over the training rows, for features as the model sees them. The
   * gradient of a feature that has a shift is {@code Σ (v − shift)·D = Σ v·D − shift·Σ D}, times
   * its scale.
   *
   * @param weights the weights that the gradient was taken at
   * @param values what the raw features are
   * @return F × C, and behind it C numbers if the biases are trained
   */
  public double[] average(RoundedWeights weights, FeatureValues values) {
    int classes = weights.classes();
    int weightsOfFeatures = weights.features() * classes;
    double[] average = new double[weights.trainsBias() ? gradient.length : weightsOfFeatures];
    boolean centred = values.scaling().isCentred();
    double total = training.weight(weights);
    double unit = weights.gradientScale().unit();
    for (int j = 0; j < weights.features(); j++) {
      int row = j * classes;
      double scale = values.scale(j);
      if (centred) {
        double shift = values.shift(j);
        for (int c = 0; c < classes; c++) {
          double sum = gradient[row + c] * unit - shift * (gradient[weightsOfFeatures + c] * unit);
          average[row + c] = sum * scale / total;
        }
      } else {
        for (int c = 0; c < classes; c++) {
          average[row + c] = gradient[row + c] * unit * scale / total;
        }
      }
    }
    for (int at = weightsOfFeatures; at < average.length; at++) {
      average[at] = gradient[at] * unit / total;
    }
    return average;
  }
}
