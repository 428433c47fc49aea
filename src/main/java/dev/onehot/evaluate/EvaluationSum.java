package dev.onehot.evaluate;

import dev.onehot.math.Accuracy;
import dev.onehot.math.CrossEntropy;
import dev.onehot.math.FixedPoint;
import dev.onehot.math.RowBlock;
import dev.onehot.math.Softmax;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.spark.Aggregator;
import org.apache.spark.broadcast.Broadcast;

/** Exact sums over rows: the same for any order of blocks and any partitions. */
final class EvaluationSum implements Aggregator<RowBlock, EvaluationSum> {

  private static final long serialVersionUID = 1L;

  /** {@link CrossEntropy#loss} of a probability that underflowed, rounded up. */
  private static final double LARGEST_LOSS = 745;

  private final Broadcast<SoftmaxModel> model;
  private final FixedPoint lossScale;
  private long rows;
  private long loss;
  private long correct;

  /**
   * @param rows the number of rows of all blocks
   */
  EvaluationSum(Broadcast<SoftmaxModel> model, long rows) {
    this.model = model;
    lossScale = FixedPoint.fitting(RowBlock.ROWS * LARGEST_LOSS, rows * LARGEST_LOSS);
  }

  @Override
  public EvaluationSum add(RowBlock block) {
    SoftmaxModel model = this.model.value();
    double blockLoss = 0;
    for (int r = 0; r < block.rows(); r++) {
      double[] activations = model.activation().apply(model.logits(block, r));
      int label = block.labels()[r];
      blockLoss += CrossEntropy.loss(Softmax.of(activations), label);
      if (Accuracy.argmax(activations) == label) {
        correct++;
      }
    }
    loss += lossScale.round(blockLoss);
    rows += block.rows();
    return this;
  }

  @Override
  public EvaluationSum merge(EvaluationSum other) {
    rows += other.rows;
    loss += other.loss;
    correct += other.correct;
    return this;
  }

  Evaluation evaluation() {
    return new Evaluation(rows, lossScale.toDouble(loss) / rows, (double) correct / rows);
  }
}
