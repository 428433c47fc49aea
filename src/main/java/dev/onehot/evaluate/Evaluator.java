package dev.onehot.evaluate;

import dev.onehot.data.RowSource;
import dev.onehot.failure.InputException;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.spark.DirectRdd;
import dev.onehot.spark.TaskRows;
import dev.onehot.spark.TreeDepth;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures a model on distributed rows in float64. It uses the model's own arithmetic, not that of
 * the training kernels, so any user of the model gets the same figures.
 *
 * @param source labelled rows with as many features as the model
 * @param partitions the wanted number of partitions
 * @param progress gets the number of scored rows now and then
 * @param name what messages call the model, such as {@code the model models/mnist}
 */
public record Evaluator(
    JavaSparkContext spark, RowSource source, int partitions, LongConsumer progress, String name) {

  /** Measures a model that needs no name in messages. */
  public Evaluator(
      JavaSparkContext spark, RowSource source, int partitions, LongConsumer progress) {
    this(spark, source, partitions, progress, "the model");
  }

  /**
   * Measures the model on every row of the source.
   *
   * @throws InputException if rows have labels that the model doesn't know
   */
  public Evaluation evaluate(SoftmaxModel model) {
    return score(model).evaluation();
  }

  /** The evaluation of a model, and what is different with another one. */
  public record Compared(Evaluation evaluation, Comparison comparison) {}

  /**
   * Measures two models of the same shape on every row of the source.
   *
   * @throws InputException if rows have labels that the models don't know
   */
  public Compared compare(SoftmaxModel model, SoftmaxModel other) {
    EvaluationAggregator sum = score(model, other);
    return new Compared(sum.evaluation(), sum.comparison());
  }

  private EvaluationAggregator score(SoftmaxModel... models) {
    source.requireLabels();
    Broadcast<SoftmaxModel[]> broadcast = spark.broadcast(models);
    spark.setJobDescription("evaluate");
    try {
      var rows = source.rowsInOrder(spark, partitions).setName("rows to evaluate");
      EvaluationAggregator sum =
          TaskRows.follow(
              spark.sc(),
              progress,
              () ->
                  DirectRdd.of(rows)
                      .treeAggregate(
                          new EvaluationAggregator(
                              broadcast,
                              source.pictures().isPresent(),
                              source.weighted(),
                              source.weightExponent()),
                          TreeDepth.of(rows.getNumPartitions(), partialBytes(models[0]))));
      sum.unknown()
          .requireNone(source.description(), source.classLabels(), models[0].classes(), name);
      return sum;
    } finally {
      broadcast.destroy();
    }
  }

  private long partialBytes(SoftmaxModel model) {
    long features = source.pictures().isPresent() ? model.features() : 0;
    long examples = (2 * Evaluation.EXAMPLES + Comparison.PICTURES) * features;
    long cells = (long) model.classes() * model.classes();
    return examples * Float.BYTES + cells * (source.weighted() ? 3 : 1) * Long.BYTES;
  }
}
