package dev.onehot.nightly;

import dev.onehot.data.HeldBackSource;
import dev.onehot.data.RowSource;
import dev.onehot.evaluate.Comparison;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.evaluate.Evaluator;
import dev.onehot.job.Cores;
import dev.onehot.job.TrainingData;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.report.Console;
import dev.onehot.report.RowsProgress;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A challenger and perhaps a champion on the same rows.
 *
 * @param rows the rows
 * @param evaluation how the challenger does on them
 * @param comparison how the champion differs; null without one
 */
record Measurement(RowSource rows, Evaluation evaluation, Comparison comparison) {

  /**
   * Measures on the rows to test on, or else on the training rows that are held back.
   *
   * @param champion the model to compare with; empty for none
   */
  static Measurement of(
      SoftmaxModel challenger,
      Optional<SoftmaxModel> champion,
      NightPlan plan,
      TrainingData data,
      JavaSparkContext spark,
      Console console) {
    RowSource rows = rows(plan, data);
    Evaluator evaluator =
        new Evaluator(
            spark,
            rows,
            plan.options().data().partitions(rows, Cores.of(spark)),
            new RowsProgress(console, "tested", rows.rows()));
    try {
      if (champion.isEmpty()) {
        return new Measurement(rows, evaluator.evaluate(challenger), null);
      }
      Evaluator.Compared compared = evaluator.compare(challenger, champion.get());
      return new Measurement(rows, compared.evaluation(), compared.comparison());
    } finally {
      console.erase();
    }
  }

  private static RowSource rows(NightPlan plan, TrainingData data) {
    if (plan.sources().test() != null) {
      return plan.sources().test();
    }
    return new HeldBackSource(plan.sources().training(), plan.heldBack(), heldBack(data));
  }

  /** How many of the training rows are held back. */
  static long heldBack(TrainingData data) {
    return data.training().profile().rows() - data.training().profile().trainingRows();
  }
}
