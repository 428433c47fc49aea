package dev.onehot.math;

import java.io.Serializable;

/**
 * The weights of one iteration as the kernels use them: float32, for features that are whole
 * numbers 0 … 255.
 *
 * @param features columns of the data, F
 * @param classes C
 * @param bias whether a row of biases follows the rows of the features
 * @param activation between the logits and the softmax
 * @param weights (F + 1 if bias) × C, row after row
 * @param gradientScale of the sum of the blocks' gradients
 * @param lossScale of the sum of the blocks' losses
 */
public record Layer(
    int features,
    int classes,
    boolean bias,
    Activation activation,
    float[] weights,
    FixedPoint gradientScale,
    FixedPoint lossScale)
    implements Serializable {

  /** Covers the float32 roundings within a block, which are below 1e-4 of a bound. */
  private static final double SLACK = 1.001;

  /**
   * Rounds master weights for the kernels and derives the scales of the exact sums from them.
   *
   * @param master (F + 1 if bias) × C in float64, for features as the model sees them
   * @param featureScale what a raw feature is multiplied by for the model, 1/255 for pixels
   * @param rows how many rows are summed over, N
   * @throws ArithmeticException if a weight, or a logit that it could give rise to, is not a finite
   *     float32
   */
  public static Layer of(
      double[] master,
      int features,
      int classes,
      boolean bias,
      Activation activation,
      double featureScale,
      long rows) {
    float[] weights = new float[master.length];
    double largestLogit = 0;
    for (int c = 0; c < classes; c++) {
      double reach = 0;
      for (int at = c; at < features * classes; at += classes) {
        weights[at] = (float) (master[at] * featureScale);
        reach += RowBlock.MAX_VALUE * Math.abs((double) weights[at]);
      }
      if (bias) {
        int at = features * classes + c;
        weights[at] = (float) master[at];
        reach += Math.abs((double) weights[at]);
      }
      // Not Math.max alone: a NaN must not get lost.
      largestLogit = reach > largestLogit || Double.isNaN(reach) ? reach : largestLogit;
    }
    if (!(largestLogit < Float.MAX_VALUE / 4)) {
      throw new ArithmeticException("a logit can reach " + largestLogit);
    }
    double largestLoss = SLACK * (2 * largestLogit + StrictMath.log(classes) + 1);
    double largestGradient = SLACK * RowBlock.MAX_VALUE;
    return new Layer(
        features,
        classes,
        bias,
        activation,
        weights,
        FixedPoint.fitting(RowBlock.ROWS * largestGradient, rows * largestGradient),
        FixedPoint.fitting(RowBlock.ROWS * largestLoss, rows * largestLoss));
  }

  /** Rows of the weight matrix: the features and, if there is one, the bias. */
  public int inputs() {
    return bias ? features + 1 : features;
  }
}
