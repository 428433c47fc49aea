package dev.onehot.math;

import java.io.Serializable;

/**
 * For each feature, {@code Σ w·x} and {@code Σ w·x²} over the training rows of blocks, where w is
 * the weight of a row and its class. All sums consist of integers, so the bits are the same in
 * whatever order blocks and parts are added.
 *
 * <p>Not a record: results of tasks hold it, and Kryo, which clusters may have as their serializer,
 * cannot read records.
 */
public final class FeatureMoments implements Serializable {

  private static final long serialVersionUID = 1L;

  private final FixedPoint scale;
  private final FixedPoint squareScale;
  private final FixedPoint weightScale;
  private final long[] sums;
  private final long[] squares;
  private long weight;

  /**
   * No rows yet.
   *
   * @param features F
   * @param largest no number in a block has a greater magnitude
   * @param rows the most rows that are added in all
   */
  public FeatureMoments(int features, double largest, long rows) {
    scale = FixedPoint.fitting(largest, rows * largest);
    squareScale = FixedPoint.fitting(largest * largest, rows * largest * largest);
    weightScale = FixedPoint.fitting(1, rows);
    sums = new long[features];
    squares = new long[features];
  }

  /**
   * Adds the training rows of a block.
   *
   * @param classWeights C numbers that the weights of a class's rows are multiplied by; null if all
   *     are 1
   */
  public void add(RowBlock block, float[] classWeights) {
    double factor = scale.scale();
    double squareFactor = squareScale.scale();
    for (int r = 0; r < block.trainingRows(); r++) {
      double w = block.rowWeight(r, classWeights);
      weight += weightScale.round(w);
      block.forEachNonZero(
          r,
          (column, value) -> {
            sums[column] += FixedPoint.roundScaled(w * value * factor);
            squares[column] += FixedPoint.roundScaled(w * value * value * squareFactor);
          });
    }
  }

  /** Adds another sum to this one, in place. */
  public void merge(FeatureMoments other) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += other.sums[j];
      squares[j] += other.squares[j];
    }
    weight += other.weight;
  }

  /**
   * The weighted mean of each feature as the model sees it; zeros if there were no rows.
   *
   * @param values what blocks hold
   */
  public double[] means(FeatureValues values) {
    double[] means = new double[sums.length];
    for (int j = 0; j < means.length && weight > 0; j++) {
      means[j] = (mean(j) - values.shift(j)) * values.scale(j);
    }
    return means;
  }

  /**
   * The weighted variance of each feature as the model sees it; zeros if there were no rows.
   *
   * @param values what blocks hold
   */
  public double[] variances(FeatureValues values) {
    double[] variances = new double[sums.length];
    for (int j = 0; j < variances.length && weight > 0; j++) {
      double mean = mean(j);
      double variance = squareScale.toDouble(squares[j]) / weightScale.toDouble(weight);
      variances[j] = Math.max(0, variance - mean * mean) * values.scale(j) * values.scale(j);
    }
    return variances;
  }

  private double mean(int feature) {
    return scale.toDouble(sums[feature]) / weightScale.toDouble(weight);
  }
}
