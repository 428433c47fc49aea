package dev.onehot.train;

import dev.onehot.data.BlockGroups;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import dev.onehot.math.SecondMomentSum;
import dev.onehot.spark.Aggregator;
import dev.onehot.spark.DirectRdd;
import dev.onehot.spark.TreeDepth;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Adds up the second moments of the features over a sample of the blocks, in {@code treeAggregate}.
 * It is empty until the first block, so that the zero value sent to every task is small.
 */
final class SecondMoments implements Aggregator<RowBlock, SecondMoments> {

  private static final long serialVersionUID = 1L;

  /**
   * The approximate number of rows in the sample. On MNIST more rows gave no better steps, and
   * 4,000 rows gave slightly worse ones.
   */
  static final int ROWS = 6144;

  /** The most groups in the sample. */
  static final int GROUPS = 24;

  private final int features;
  private final boolean bias;
  private final FeatureValues values;
  private final float[] classWeights;

  /** The number of all rows. This is not a {@link BlockGroups}, since Kryo cannot read records. */
  private final long rows;

  private SecondMomentSum sum;

  private SecondMoments(
      int features, boolean bias, FeatureValues values, float[] classWeights, long rows) {
    this.features = features;
    this.bias = bias;
    this.values = values;
    this.classWeights = classWeights;
    this.rows = rows;
  }

  /**
   * {@code Xᵀ·X/N} over training rows from all blocks of evenly spaced groups. The sample does not
   * depend on the partitions. It needs whole groups, since the rows of one block are similar. The
   * first gradient checks that the rows are still those that were profiled: a sampled block that
   * was read again is in the cache then, or is read once more.
   *
   * @return inputs × inputs
   */
  static double[][] of(JavaSparkContext spark, TrainingSet data, boolean bias) {
    spark.setJobDescription("second moments of the features");
    long rows = data.trainingRows() + data.heldBackRows();
    SecondMoments empty =
        new SecondMoments(data.features(), bias, data.values(), data.classWeights(), rows);
    long inputs = bias ? data.features() + 1 : data.features();
    long partialBytes =
        SecondMomentSum.bytes(
            inputs,
            data.values(),
            data.values().scaling().isCentred(),
            data.classWeights() != null);
    int partials =
        partials(BlockGroups.of(rows, data.features()), data.blocks().getNumPartitions());
    SecondMomentSum sum =
        DirectRdd.of(data.blocks()).treeAggregate(empty, TreeDepth.of(partials, partialBytes)).sum;
    return sum.mean();
  }

  /** The approximate number of partitions that have rows of the sample, at most. */
  static int partials(BlockGroups groups, int partitions) {
    long sampled = Math.min(GROUPS, groups.count());
    return (int) Math.min(partitions, partitions * sampled / groups.count() + sampled);
  }

  /**
   * Whether a group is in the sample: whether it is {@code ⌊s·count/GROUPS⌋} for some s. With at
   * most {@link #GROUPS} groups, all are.
   */
  static boolean isSampled(long group, long count) {
    long nearest = (group * GROUPS + count - 1) / count;
    return nearest * count / GROUPS == group;
  }

  /** The number of rows that the sample takes from each block of its groups. */
  static int rowsOfBlock(BlockGroups groups) {
    long blocks = Math.min(RowBlock.count(groups.rows()), (long) GROUPS * groups.blocks());
    return (int) Math.min(SecondMomentSum.MAX_ROWS_OF_BLOCK, (ROWS + blocks - 1) / blocks);
  }

  @Override
  public SecondMoments add(RowBlock block) {
    BlockGroups groups = BlockGroups.of(rows, features);
    if (isSampled(groups.groupOf(block.index()), groups.count())) {
      if (sum == null) {
        sum = SecondMomentSum.of(features, bias, values, classWeights);
      }
      sum.add(block, rowsOfBlock(groups));
    }
    return this;
  }

  @Override
  public SecondMoments merge(SecondMoments other) {
    if (sum == null) {
      sum = other.sum;
    } else if (other.sum != null) {
      sum.merge(other.sum);
    }
    return this;
  }
}
