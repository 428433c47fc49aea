package dev.onehot.evaluate;

import dev.onehot.math.RowBlock;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.spark.DirectRdd;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures a model on distributed rows in float64: the model's own arithmetic, not the training
 * kernels', so that the figures are those that any user of the model sees.
 */
public final class Evaluator {

  private Evaluator() {}

  /**
   * Measures the model on every row of the blocks.
   *
   * @param rows how many rows all blocks have together
   */
  public static Evaluation evaluate(
      SoftmaxModel model, JavaRDD<RowBlock> blocks, long rows, JavaSparkContext spark) {
    Broadcast<SoftmaxModel> broadcast = spark.broadcast(model);
    try {
      // Three numbers a partition are little enough for the driver, however many there are.
      return DirectRdd.of(blocks).treeAggregate(new EvaluationSum(broadcast, rows), 1).evaluation();
    } finally {
      broadcast.destroy();
    }
  }
}
