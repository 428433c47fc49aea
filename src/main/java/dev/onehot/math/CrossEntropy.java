package dev.onehot.math;

/** Cross-entropy of predicted probabilities against labels, and its gradient. */
public final class CrossEntropy {

  private CrossEntropy() {}

  /**
   * One row's loss, {@code -log p_y}. A probability that underflowed to 0 counts as the smallest
   * positive double, so the loss is at most 744.4 and always finite.
   *
   * @param probabilities C probabilities
   */
  public static double loss(double[] probabilities, int label) {
    return -StrictMath.log(Math.max(probabilities[label], Double.MIN_VALUE));
  }

  /**
   * The mean loss over N rows.
   *
   * @param probabilities N × C
   * @param labels N classes
   */
  public static double loss(double[][] probabilities, int[] labels) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += loss(probabilities[i], labels[i]);
    }
    return sum / labels.length;
  }

  /**
   * The derivative of each row's loss by its scores, {@code softmax(s) − onehot(y)}.
   *
   * @param scores N × C, the arguments of the softmax
   * @param labels N classes
   * @return N × C, not divided by N
   */
  public static double[][] gradient(double[][] scores, int[] labels) {
    double[][] gradient = Softmax.of(scores);
    for (int i = 0; i < labels.length; i++) {
      gradient[i][labels[i]] -= 1;
    }
    return gradient;
  }
}
