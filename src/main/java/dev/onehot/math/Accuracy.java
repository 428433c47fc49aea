package dev.onehot.math;

/** The share of rows whose largest score is that of their label. */
public final class Accuracy {

  private Accuracy() {}

  /** The index of the largest value; the first one wins a tie, as in {@code np.argmax}. */
  public static int argmax(double[] values) {
    int best = 0;
    for (int c = 1; c < values.length; c++) {
      if (values[c] > values[best]) {
        best = c;
      }
    }
    return best;
  }

  /**
   * The accuracy over N rows, 0 … 1.
   *
   * @param predictions N × C probabilities or scores
   * @param labels N classes
   */
  public static double of(double[][] predictions, int[] labels) {
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      if (argmax(predictions[i]) == labels[i]) {
        right++;
      }
    }
    return (double) right / labels.length;
  }
}
