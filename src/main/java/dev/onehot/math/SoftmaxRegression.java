package dev.onehot.math;

/**
 * The forward and backward pass of softmax regression on plain arrays in float64, straight from the
 * definition. The block kernels compute the same faster, in float32, and are tested against it.
 *
 * @param activation the function between the logits and the softmax
 * @param weights W1, F rows of C
 * @param bias b1, C numbers, or null for none
 */
public record SoftmaxRegression(Activation activation, double[][] weights, double[] bias) {

  /**
   * The outcome of a pass over N rows.
   *
   * @param loss mean cross-entropy
   * @param accuracy 0 … 1; the first class wins a tie
   * @param gradient of the mean loss by W1, F × C; null in test mode
   * @param biasGradient of the mean loss by b1, C; null in test mode and without a bias
   */
  public record Pass(double loss, double accuracy, double[][] gradient, double[] biasGradient) {}

  /**
   * Measures and differentiates: {@code G = Xᵀ·((softmax(f(Z)) − onehot(y)) ⊙ f'(Z)) / N}.
   *
   * @param features X, N × F
   * @param labels y, N classes
   */
  public Pass train(double[][] features, int[] labels) {
    double[][] logits = logits(features);
    double[][] activations = activations(logits);
    double[][] delta = CrossEntropy.gradient(activations, labels);
    int classes = delta[0].length;
    double[][] gradient = new double[weights.length][classes];
    double[] biasGradient = bias == null ? null : new double[classes];
    for (int i = 0; i < features.length; i++) {
      for (int c = 0; c < classes; c++) {
        double d = delta[i][c] * activation.derivative(logits[i][c]) / features.length;
        for (int j = 0; j < weights.length; j++) {
          gradient[j][c] += features[i][j] * d;
        }
        if (bias != null) {
          biasGradient[c] += d;
        }
      }
    }
    double[][] probabilities = Softmax.of(activations);
    return new Pass(
        CrossEntropy.loss(probabilities, labels),
        Accuracy.of(probabilities, labels),
        gradient,
        biasGradient);
  }

  /**
   * Measures only.
   *
   * @param features X, N × F
   * @param labels y, N classes
   */
  public Pass test(double[][] features, int[] labels) {
    double[][] probabilities = Softmax.of(activations(logits(features)));
    return new Pass(
        CrossEntropy.loss(probabilities, labels), Accuracy.of(probabilities, labels), null, null);
  }

  private double[][] logits(double[][] features) {
    double[][] logits = new double[features.length][];
    for (int i = 0; i < features.length; i++) {
      double[] row = bias == null ? new double[weights[0].length] : bias.clone();
      for (int j = 0; j < weights.length; j++) {
        for (int c = 0; c < row.length; c++) {
          row[c] += features[i][j] * weights[j][c];
        }
      }
      logits[i] = row;
    }
    return logits;
  }

  private double[][] activations(double[][] logits) {
    double[][] activations = new double[logits.length][];
    for (int i = 0; i < logits.length; i++) {
      activations[i] = activation.apply(logits[i]);
    }
    return activations;
  }
}
