package dev.onehot.train;

import dev.onehot.math.FeatureMoments;
import dev.onehot.math.RowBlock;
import dev.onehot.spark.Aggregator;

/**
 * Adds up means and variances of the features over blocks, in {@code treeAggregate}. It is empty
 * until the first block, so that the zero value sent to every task is small.
 */
final class MeanAndVariance implements Aggregator<RowBlock, MeanAndVariance> {

  private static final long serialVersionUID = 1L;

  private final int features;
  private final double largest;
  private final float[] classWeights;
  private final long rows;
  private FeatureMoments moments;

  /**
   * No rows yet.
   *
   * @param features F
   * @param largest no number in a block has a greater magnitude
   * @param classWeights C numbers that the weights of a class's rows are multiplied by; null if all
   *     are 1
   * @param rows the most rows that are added in all
   */
  MeanAndVariance(int features, double largest, float[] classWeights, long rows) {
    this.features = features;
    this.largest = largest;
    this.classWeights = classWeights;
    this.rows = rows;
  }

  @Override
  public MeanAndVariance add(RowBlock block) {
    if (moments == null) {
      moments = new FeatureMoments(features, largest, rows);
    }
    moments.add(block, classWeights);
    return this;
  }

  @Override
  public MeanAndVariance merge(MeanAndVariance other) {
    if (moments == null) {
      moments = other.moments;
    } else if (other.moments != null) {
      moments.merge(other.moments);
    }
    return this;
  }

  /** The moments over all blocks; null if there were none. */
  FeatureMoments moments() {
    return moments;
  }
}
