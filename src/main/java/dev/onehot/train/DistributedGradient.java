package dev.onehot.train;

import dev.onehot.failure.InputException;
import dev.onehot.math.GradientSum;
import dev.onehot.math.RoundedWeights;
import dev.onehot.math.RowBlock;
import dev.onehot.spark.DirectRdd;
import dev.onehot.spark.TreeDepth;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The gradient over all blocks: broadcast, local gradients, treeAggregate, destroy. */
final class DistributedGradient {

  private final JavaSparkContext spark;
  private final DirectRdd<RowBlock, RowBlock> blocks;
  private final TrainingSet data;

  DistributedGradient(JavaSparkContext spark, TrainingSet data) {
    this.spark = spark;
    this.blocks = DirectRdd.of(data.blocks());
    this.data = data;
  }

  /**
   * The exact sum of the gradient, loss and counts at the given weights.
   *
   * @throws InputException if the rows are not those that were profiled: Spark reads blocks again
   *     that the cache has lost, and the input may have changed meanwhile
   */
  GradientSum at(RoundedWeights weights) {
    Broadcast<RoundedWeights> broadcast = spark.broadcast(weights);
    try {
      long entries = (long) weights.inputs() * weights.classes();
      GradientAggregator total =
          blocks.treeAggregate(
              new GradientAggregator(broadcast), depth(entries, blocks.getNumPartitions()));
      requireUnchanged(total);
      return total.sum();
    } finally {
      broadcast.destroy();
    }
  }

  private static int depth(long entries, int partitions) {
    return TreeDepth.of(partitions, entries * Long.BYTES);
  }

  /** The bytes of the sums that reach the driver, each of so many entries. */
  static long bytesForDriver(long entries, int partitions) {
    return TreeDepth.partialsForDriver(partitions, depth(entries, partitions))
        * entries
        * Long.BYTES;
  }

  private void requireUnchanged(GradientAggregator total) {
    long training = total.sum().training().rows();
    long heldBack = total.sum().heldBack().rows();
    if (total.fingerprint() != data.fingerprint()
        || training != data.trainingRows()
        || heldBack != data.heldBackRows()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: changed since the run began (%,d rows of fingerprint %016x, now %,d of %016x); run again on input that stays as it is",
              data.source(),
              data.trainingRows() + data.heldBackRows(),
              data.fingerprint(),
              training + heldBack,
              total.fingerprint()));
    }
  }
}
