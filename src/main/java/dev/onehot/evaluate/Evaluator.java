package dev.onehot.evaluate;

import dev.onehot.math.Accuracy;
import dev.onehot.math.Activation;
import dev.onehot.math.CrossEntropy;
import dev.onehot.math.FixedPoint;
import dev.onehot.math.RowBlock;
import dev.onehot.math.Softmax;
import dev.onehot.model.SoftmaxModel;
import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures a model on distributed rows in float64: the model's own arithmetic, not the training
 * kernels', so that the figures are those that any user of the model sees.
 */
public final class Evaluator {

  private Evaluator() {}

  /** Measures the model on every row of the blocks. */
  public static Evaluation evaluate(
      SoftmaxModel model, JavaRDD<RowBlock> blocks, JavaSparkContext spark) {
    Forward forward =
        new Forward(
            model.weights(),
            model.bias(),
            model.classes(),
            model.activation(),
            model.featureScale());
    Broadcast<Forward> broadcast = spark.broadcast(forward);
    try {
      Totals totals =
          blocks
              .map(block -> broadcast.value().totals(block))
              .fold(new Totals(0, 0, 0), Totals::plus);
      return new Evaluation(
          totals.rows,
          Forward.LOSS_SCALE.toDouble(totals.loss) / totals.rows,
          (double) totals.correct / totals.rows);
    } finally {
      broadcast.destroy();
    }
  }

  /** Exact sums over rows; the loss in {@link Forward#LOSS_SCALE}. */
  private record Totals(long rows, long loss, long correct) implements Serializable {

    Totals plus(Totals other) {
      return new Totals(
          rows + other.rows, Math.addExact(loss, other.loss), correct + other.correct);
    }
  }

  /** The forward pass over a block. */
  private record Forward(
      double[] weights, double[] bias, int classes, Activation activation, double featureScale)
      implements Serializable {

    /** A row's loss is at most 745, so four billion rows fit. */
    static final FixedPoint LOSS_SCALE = FixedPoint.fitting(RowBlock.ROWS * 745.0, 4e9 * 745);

    Totals totals(RowBlock block) {
      double loss = 0;
      long correct = 0;
      for (int r = 0; r < block.rows(); r++) {
        double[] activations = activation.apply(logits(block, r));
        int label = block.labels()[r];
        loss += CrossEntropy.loss(Softmax.of(activations), label);
        if (Accuracy.argmax(activations) == label) {
          correct++;
        }
      }
      return new Totals(block.rows(), LOSS_SCALE.round(loss), correct);
    }

    private double[] logits(RowBlock block, int r) {
      double[] logits = new double[classes];
      for (int k = block.rowStart()[r]; k < block.rowStart()[r + 1]; k++) {
        double x = Byte.toUnsignedInt(block.values()[k]) * featureScale;
        int at = block.columns()[k] * classes;
        for (int c = 0; c < classes; c++) {
          logits[c] += x * weights[at + c];
        }
      }
      if (bias != null) {
        for (int c = 0; c < classes; c++) {
          logits[c] += bias[c];
        }
      }
      return logits;
    }
  }
}
