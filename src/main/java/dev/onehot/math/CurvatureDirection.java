package dev.onehot.math;

import java.io.Serializable;

/**
 * A direction in the space of the inputs, as tasks need it to multiply it by the curvature: for
 * numbers as blocks hold them.
 *
 * <p>Not a record: it is sent to tasks, and Kryo, which clusters may have as their serializer,
 * cannot read records.
 */
public final class CurvatureDirection implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Bounds are this much larger for roundings. */
  private static final double SLACK = 1.001;

  /** For each feature its part of the direction, times its scale. */
  final double[] features;

  /** What a row's product with {@link #features} is larger by than that of what the model sees. */
  final double offset;

  /** The scale of {@code Σ w·x·(x·v)}. */
  final FixedPoint productScale;

  /** The scale of {@code Σ w·(x·v)}. */
  final FixedPoint projectionScale;

  final float[] classWeights;

  /**
   * A direction.
   *
   * @param direction F numbers, or F + 1 with a bias, v; not all 0
   * @param values what blocks hold, and what the model makes of it
   * @param classWeights C numbers that the weights of a class's rows are multiplied by; null if all
   *     are 1
   * @param rows the most rows that are multiplied in all
   */
  public CurvatureDirection(
      double[] direction, FeatureValues values, float[] classWeights, long rows, boolean bias) {
    int count = bias ? direction.length - 1 : direction.length;
    features = new double[count];
    double squares = 0;
    double shifts = 0;
    for (int j = 0; j < count; j++) {
      features[j] = direction[j] * values.scale(j);
      squares += features[j] * features[j];
      shifts += features[j] * values.shift(j);
    }
    offset = bias ? shifts - direction[count] : shifts;
    // Of all rows, that of the largest numbers has the largest product (Cauchy and Schwarz).
    double largest =
        SLACK * (values.largest() * Math.sqrt(squares * count) + Math.abs(offset))
            + Double.MIN_NORMAL;
    projectionScale = FixedPoint.fitting(largest, rows * largest);
    double largestProduct = SLACK * values.largest() * largest;
    productScale = FixedPoint.fitting(largestProduct, rows * largestProduct);
    this.classWeights = classWeights == null ? null : classWeights.clone();
  }
}
