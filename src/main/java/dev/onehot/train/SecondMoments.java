package dev.onehot.train;

import dev.onehot.data.Aggregator;
import dev.onehot.data.DirectRdd;
import dev.onehot.data.TreeDepth;
import dev.onehot.math.RowBlock;
import dev.onehot.math.SecondMomentSum;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What {@code treeAggregate} folds a sample of the blocks into: the second moments of the features.
 * Empty until the first block, so that the zero value that is shipped to every task is tiny.
 */
final class SecondMoments implements Aggregator<RowBlock, SecondMoments> {

  private static final long serialVersionUID = 1L;

  /** How many blocks are looked at: on MNIST more gave no better steps, 16 a little worse ones. */
  static final int SAMPLE = 24;

  private final int features;
  private final boolean bias;
  private final long blocks;
  private SecondMomentSum sum;

  private SecondMoments(int features, boolean bias, long blocks) {
    this.features = features;
    this.bias = bias;
    this.blocks = blocks;
  }

  /**
   * {@code Xᵀ·X/N} over the training rows of evenly spaced blocks of the grid, whatever the
   * partitions. That the rows are still those that were profiled is left to the first gradient: a
   * sampled block that has been read anew is in the cache for it, or is read once more.
   *
   * @return inputs × inputs
   */
  static double[][] of(JavaSparkContext spark, TrainingSet data, boolean bias) {
    spark.setJobDescription("second moments of the features");
    long blocks = RowBlock.count(data.trainingRows() + data.heldBackRows());
    SecondMoments empty = new SecondMoments(data.features(), bias, blocks);
    long inputs = bias ? data.features() + 1 : data.features();
    long partialBytes = inputs * (inputs + 1) / 2 * Integer.BYTES;
    int partials = Math.min(SAMPLE, data.blocks().getNumPartitions());
    SecondMomentSum sum =
        DirectRdd.of(data.blocks()).treeAggregate(empty, TreeDepth.of(partials, partialBytes)).sum;
    return sum.mean(data.featureScale());
  }

  /** Whether a block is {@code ⌊s·blocks/SAMPLE⌋} for some s; true of all if they are few. */
  static boolean isSampled(long block, long blocks) {
    long nearest = (block * SAMPLE + blocks - 1) / blocks;
    return nearest * blocks / SAMPLE == block;
  }

  @Override
  public SecondMoments add(RowBlock block) {
    if (isSampled(block.index(), blocks)) {
      if (sum == null) {
        sum = new SecondMomentSum(features, bias);
      }
      sum.add(block);
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
