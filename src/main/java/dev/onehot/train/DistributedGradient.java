package dev.onehot.train;

import dev.onehot.data.TreeDepth;
import dev.onehot.failure.InputException;
import dev.onehot.math.GradientSum;
import dev.onehot.math.Layer;
import dev.onehot.math.RowBlock;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/** The gradient over all blocks: broadcast, local gradients, treeAggregate, destroy. */
final class DistributedGradient {

  private final JavaSparkContext spark;
  private final RDD<RowBlock> blocks;
  private final TrainingSet data;

  DistributedGradient(JavaSparkContext spark, TrainingSet data) {
    this.spark = spark;
    this.blocks = DirectRdd.of(data.blocks().rdd(), data.blocks().classTag());
    this.data = data;
  }

  /**
   * The exact sum of the gradient, loss and counts at the given weights.
   *
   * @throws InputException if that is not over the rows that were profiled: blocks that the cache
   *     lost are read again, and then the input may have changed
   */
  GradientSum at(Layer layer) {
    Broadcast<Layer> broadcast = spark.broadcast(layer);
    try {
      long partialBytes = (long) layer.inputs() * layer.classes() * Long.BYTES;
      GradientAggregator total =
          blocks.treeAggregate(
              new GradientAggregator(broadcast),
              new Add(),
              new Merge(),
              TreeDepth.of(blocks.getNumPartitions(), partialBytes),
              ClassTag$.MODULE$.<GradientAggregator>apply(GradientAggregator.class));
      requireUnchanged(total);
      return total.sum();
    } finally {
      broadcast.destroy();
    }
  }

  private void requireUnchanged(GradientAggregator total) {
    long training = total.sum().training().rows();
    long heldBack = total.sum().heldBack().rows();
    if (total.fingerprint() != data.fingerprint()
        || training != data.trainingRows()
        || heldBack != data.heldBackRows()) {
      throw new InputException(
          "%s: changed since the run began (%,d rows of fingerprint %016x, now %,d of %016x); train again on input that stays as it is"
              .formatted(
                  data.source(),
                  data.trainingRows() + data.heldBackRows(),
                  data.fingerprint(),
                  training + heldBack,
                  total.fingerprint()));
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
