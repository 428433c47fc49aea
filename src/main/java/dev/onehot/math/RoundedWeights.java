package dev.onehot.math;

import java.io.Serializable;

/**
 * The weights of one iteration as the kernels use them: float32, for raw features.
 *
 * <p>Neither this nor {@link RowBlock} is a record: a cluster may have Kryo as its serializer, and
 * Kryo can't read records.
 */
public final class RoundedWeights implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * Bounds are this much larger for the float32 roundings in a block, which are below 1e-4 of them.
   */
  private static final double SLACK = 1.001;

  /** So many zeros are behind the weights, because vectors of classes may reach beyond the last. */
  static final int PADDING = 16;

  private final int features;
  private final int classes;
  private final boolean bias;
  private final boolean trainsBias;
  private final Activation activation;
  private final float negativeSlope;
  private final float[] values;
  private final FixedPoint gradientScale;
  private final FixedPoint lossScale;
  private final FixedPoint weightScale;
  private final float[] classWeights;

  private RoundedWeights(
      int features,
      int classes,
      boolean bias,
      boolean trainsBias,
      Activation activation,
      float negativeSlope,
      float[] values,
      FixedPoint gradientScale,
      FixedPoint lossScale,
      FixedPoint weightScale,
      float[] classWeights) {
    this.features = features;
    this.classes = classes;
    this.bias = bias;
    this.trainsBias = trainsBias;
    this.activation = activation;
    this.negativeSlope = negativeSlope;
    this.values = values;
    this.gradientScale = gradientScale;
    this.lossScale = lossScale;
    this.weightScale = weightScale;
    this.classWeights = classWeights;
  }

  /**
   * Rounds master weights for the kernels, and derives the scales of the exact sums from them.
   *
   * <p>If features have shifts, no row is shifted: {@code Σ_j w_j·(x_j − shift_j)} is {@code Σ_j
   * w_j·x_j} and a bias of {@code −Σ_j w_j·shift_j}. So the kernels have a bias then, trained or
   * not. Its sum takes the rounded weights, in the order of the features. So a row that is equal to
   * the shifts has no logit of mere rounding.
   *
   * @param master (F + 1 if bias) × C in float64, for features as the model sees them
   * @param bias whether there is a row of trained biases behind those of the features
   * @param featureValues what the raw features are
   * @param rows how many rows are summed over, N
   * @throws ArithmeticException if a weight, or a logit of any row, might not be a finite float32
   */
  public static RoundedWeights of(
      double[] master,
      int features,
      int classes,
      boolean bias,
      Activation activation,
      FeatureValues featureValues,
      long rows) {
    boolean centred = featureValues.scaling().isCentred();
    boolean kernelBias = bias || centred;
    float[] rounded =
        new float[Math.addExact((kernelBias ? features + 1 : features) * classes, PADDING)];
    double[] reach = new double[classes];
    double[] shift = new double[classes];
    for (int j = 0, at = 0; j < features; j++) {
      double scale = featureValues.scale(j);
      double shiftOfValue = centred ? featureValues.shift(j) : 0;
      for (int c = 0; c < classes; c++, at++) {
        rounded[at] = (float) (master[at] * scale);
        reach[c] += featureValues.largest() * Math.abs((double) rounded[at]);
        shift[c] += rounded[at] * shiftOfValue;
      }
    }
    double largestLogit = 0;
    for (int c = 0; c < classes; c++) {
      if (kernelBias) {
        int at = features * classes + c;
        rounded[at] = (float) ((bias ? master[at] : 0) - shift[c]);
        reach[c] += Math.abs((double) rounded[at]);
      }
      largestLogit = Math.max(largestLogit, reach[c]);
    }
    // Written so that it refuses NaN, too, which Math.max passes on.
    if (!(largestLogit < Float.MAX_VALUE / 4)) {
      throw new ArithmeticException("a logit can reach " + largestLogit);
    }
    double largestLoss = SLACK * (2 * largestLogit + StrictMath.log(classes) + 1);
    double largestGradient = SLACK * featureValues.largest();
    return new RoundedWeights(
        features,
        classes,
        kernelBias,
        bias,
        activation,
        0,
        rounded,
        FixedPoint.fitting(RowBlock.ROWS * largestGradient, rows * largestGradient),
        FixedPoint.fitting(RowBlock.ROWS * largestLoss, rows * largestLoss),
        FixedPoint.fitting(1, rows),
        null);
  }

  /**
   * The same weights behind a gate that leaks. Where {@code z ≤ 0}, the activation is {@code
   * negativeSlope · z} and its derivative {@code negativeSlope}. Without a gate nothing leaks, and
   * nothing changes.
   *
   * @param slope 0 … 1, rounded to float32; 0 is a closed gate
   */
  public RoundedWeights withNegativeSlope(double slope) {
    if (!(slope >= 0 && slope <= 1)) {
      throw new IllegalArgumentException("a slope of " + slope);
    }
    // The bounds stay: neither an activation nor a derivative becomes larger.
    return new RoundedWeights(
        features,
        classes,
        bias,
        trainsBias,
        activation,
        activation.isGate() ? (float) slope : 0,
        values,
        gradientScale,
        lossScale,
        weightScale,
        classWeights);
  }

  /**
   * The same weights for classes that count more or less: the weight of a row is its own one, in
   * the block, times that of its class.
   *
   * @param multipliers C numbers, more than 0 and at most 1; null if all are 1
   * @throws IllegalArgumentException if the numbers are others
   */
  public RoundedWeights withClassWeights(float[] multipliers) {
    if (multipliers != null) {
      if (multipliers.length != classes) {
        throw new IllegalArgumentException(
            multipliers.length + " class weights for " + classes + " classes");
      }
      for (float multiplier : multipliers) {
        if (!(multiplier > 0 && multiplier <= 1)) {
          throw new IllegalArgumentException("a class weight of " + multiplier);
        }
      }
    }
    // The bounds stay: no residual and no loss becomes larger.
    return new RoundedWeights(
        features,
        classes,
        bias,
        trainsBias,
        activation,
        negativeSlope,
        values,
        gradientScale,
        lossScale,
        weightScale,
        multipliers == null ? null : multipliers.clone());
  }

  /** Rows of the kernels' weight matrix: the features and, if there is one, the bias. */
  public int inputs() {
    return bias ? features + 1 : features;
  }

  /** The number of features, F. */
  public int features() {
    return features;
  }

  /** The number of classes, C. */
  public int classes() {
    return classes;
  }

  /** Whether a row of biases follows the rows of the features in the kernels. */
  public boolean bias() {
    return bias;
  }

  /** Whether the biases are trained; those of the kernels may only be the features' shifts. */
  boolean trainsBias() {
    return trainsBias;
  }

  /** The function between the logits and the softmax. */
  public Activation activation() {
    return activation;
  }

  /** The slope of the activation where {@code z ≤ 0}; 0 if the gate is closed or there is none. */
  public float negativeSlope() {
    return negativeSlope;
  }

  /** {@code inputs × classes}, row after row, then {@link #PADDING} zeros; not a copy. */
  float[] values() {
    return values;
  }

  /** The scale of the exact sum of gradients. */
  public FixedPoint gradientScale() {
    return gradientScale;
  }

  /** The scale of the exact sum of losses. */
  public FixedPoint lossScale() {
    return lossScale;
  }

  /** The scale of exact sums of rows' weights; a weight of 1 is exact. */
  public FixedPoint weightScale() {
    return weightScale;
  }

  /** For each class what its rows' weights are multiplied by, not a copy; null if all are 1. */
  public float[] classWeights() {
    return classWeights;
  }
}
