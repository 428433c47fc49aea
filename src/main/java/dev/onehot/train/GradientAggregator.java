package dev.onehot.train;

import dev.onehot.math.BlockKernel;
import dev.onehot.math.GradientSum;
import dev.onehot.math.RoundedWeights;
import dev.onehot.math.RowBlock;
import dev.onehot.spark.Aggregator;
import org.apache.spark.broadcast.Broadcast;

/**
 * Adds up the gradients of blocks in {@code treeAggregate}. It is empty until the first block, so
 * that the zero value sent to every task is small. The kernel and its buffers are never sent.
 */
final class GradientAggregator implements Aggregator<RowBlock, GradientAggregator> {

  private static final long serialVersionUID = 1L;

  private final Broadcast<RoundedWeights> weights;
  private transient BlockKernel kernel;
  private GradientSum sum;
  private long fingerprint;

  GradientAggregator(Broadcast<RoundedWeights> weights) {
    this.weights = weights;
  }

  @Override
  public GradientAggregator add(RowBlock block) {
    if (kernel == null) {
      kernel = BlockKernel.of(weights.value());
    }
    if (sum == null) {
      sum = new GradientSum(weights.value().inputs(), weights.value().classes());
    }
    kernel.accumulate(block, sum);
    fingerprint += block.fingerprint();
    return this;
  }

  @Override
  public void finish() {
    if (kernel != null) {
      kernel.finish(sum);
    }
  }

  @Override
  public GradientAggregator merge(GradientAggregator other) {
    if (sum == null) {
      sum = other.sum;
    } else if (other.sum != null) {
      sum.merge(other.sum);
    }
    fingerprint += other.fingerprint;
    return this;
  }

  /** The sum over all blocks; null if there were none. */
  GradientSum sum() {
    return sum;
  }

  /** The fingerprint of the rows in the sum. */
  long fingerprint() {
    return fingerprint;
  }
}
