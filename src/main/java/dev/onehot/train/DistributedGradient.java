package dev.onehot.train;

import dev.onehot.data.TreeDepth;
import dev.onehot.math.GradientSum;
import dev.onehot.math.Layer;
import dev.onehot.math.RowBlock;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The gradient over all blocks: broadcast, local gradients, treeAggregate, destroy. */
final class DistributedGradient {

  private final JavaSparkContext spark;
  private final JavaRDD<RowBlock> blocks;

  DistributedGradient(JavaSparkContext spark, JavaRDD<RowBlock> blocks) {
    this.spark = spark;
    this.blocks = blocks;
  }

  /** The exact sum of the gradient, loss and counts at the given weights. */
  GradientSum at(Layer layer) {
    Broadcast<Layer> broadcast = spark.broadcast(layer);
    try {
      long partialBytes = (long) layer.inputs() * layer.classes() * Long.BYTES;
      return blocks
          .treeAggregate(
              new GradientAggregator(broadcast),
              GradientAggregator::add,
              GradientAggregator::merge,
              TreeDepth.of(blocks.getNumPartitions(), partialBytes))
          .sum();
    } finally {
      broadcast.destroy();
    }
  }
}
