package dev.onehot.evaluate;

import dev.onehot.math.RowBlock;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.spark.DirectRdd;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures a model on distributed rows in float64. It uses the model's own arithmetic, not that of
 * the training kernels, so any user of the model gets the same figures.
 */
public final class Evaluator {

  private Evaluator() {}

  /**
   * Measures the model on every row of the blocks.
   *
   * @param rows the number of rows of all blocks
   */
  public static Evaluation evaluate(
      SoftmaxModel model, JavaRDD<RowBlock> blocks, long rows, JavaSparkContext spark) {
    Broadcast<SoftmaxModel> broadcast = spark.broadcast(model);
    try {
      // Three numbers for each partition: the driver can take them from any number of partitions.
      return DirectRdd.of(blocks).treeAggregate(new EvaluationSum(broadcast, rows), 1).evaluation();
    } finally {
      broadcast.destroy();
    }
  }
}
