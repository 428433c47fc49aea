package dev.onehot.train;

import dev.onehot.data.TreeDepth;
import dev.onehot.math.GradientSum;
import dev.onehot.math.Layer;
import dev.onehot.math.RowBlock;
import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

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
          .rdd()
          .treeAggregate(
              new GradientAggregator(broadcast),
              new Add(),
              new Merge(),
              TreeDepth.of(blocks.getNumPartitions(), partialBytes),
              ClassTag$.MODULE$.<GradientAggregator>apply(GradientAggregator.class))
          .sum();
    } finally {
      broadcast.destroy();
    }
  }

  /**
   * Classes of their own rather than lambdas: Spark looks into the class file that a lambda comes
   * from, every time it is used, which takes a twelfth of an iteration's constant cost.
   */
  private static final class Add
      extends AbstractFunction2<GradientAggregator, RowBlock, GradientAggregator>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public GradientAggregator apply(GradientAggregator sum, RowBlock block) {
      return sum.add(block);
    }
  }

  private static final class Merge
      extends AbstractFunction2<GradientAggregator, GradientAggregator, GradientAggregator>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public GradientAggregator apply(GradientAggregator sum, GradientAggregator other) {
      return sum.merge(other);
    }
  }
}
