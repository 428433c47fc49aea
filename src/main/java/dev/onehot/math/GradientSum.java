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
   * The weighted mean gradient over the training rows, for features as the model sees them.
   *
   * @param weights the weights that the gradient was taken at
   * @param values what the raw features are
   * @return inputs × classes
   */
  public double[] average(RoundedWeights weights, FeatureValues values) {
    double[] average = new double[gradient.length];
    double total = training.weight(weights);
    double unit = weights.gradientScale().unit();
    int weightsOfFeatures = weights.features() * weights.classes();
    for (int i = 0; i < gradient.length; i++) {
      double raw = gradient[i] * unit;
      average[i] =
          (i < weightsOfFeatures ? raw * values.scale(i / weights.classes()) : raw) / total;
    }
    return average;
  }
}
