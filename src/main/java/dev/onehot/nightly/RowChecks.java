package dev.onehot.nightly;

import dev.onehot.evaluate.Evaluation;
import dev.onehot.evaluate.Evaluator;
import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import dev.onehot.job.Cores;
import dev.onehot.job.TrainingData;
import dev.onehot.model.Provenance;
import dev.onehot.model.StoredProfile;
import dev.onehot.nightly.ChampionOnNewRows.Predictions;
import dev.onehot.report.Console;
import dev.onehot.report.RowsProgress;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What was found out about the rows of a night before they were trained on.
 *
 * @param findings the rows beside the profile of the champion's
 * @param predictions the champion's predictions of the rows; null without a champion, or without
 *     figures to compare them with
 * @param champion the champion's rows; null without a champion
 * @param today the new rows
 */
record RowChecks(
    DataFindings findings,
    ChampionOnNewRows predictions,
    Provenance.Data champion,
    Provenance.Data today) {

  /** Checks the rows, which are loaded. */
  static RowChecks of(
      NightPlan plan,
      TrainingData data,
      DataLimits limits,
      JavaSparkContext spark,
      Console console) {
    Provenance.Data today = data.training().provenance(plan.classNames());
    Provenance.Data then = plan.champion().map(Champion::data).orElse(null);
    DataFindings findings =
        new DataChecks(limits).of(then, today, data.training().source().featureNames());
    Optional<Predictions> former =
        plan.champion()
            .flatMap(Champion::gate)
            .map(gate -> new Predictions(gate.right(), gate.rows()));
    if (!findings.accepted() || former.isEmpty()) {
      return new RowChecks(findings, null, then, today);
    }
    Evaluation evaluation = evaluate(plan, spark, console);
    return new RowChecks(
        findings,
        ChampionOnNewRows.of(
            former.get(),
            new Predictions(evaluation.confusion().right(), evaluation.rows()),
            mostFrequent(today.profile()),
            limits),
        then,
        today);
  }

  private static Evaluation evaluate(NightPlan plan, JavaSparkContext spark, Console console) {
    var rows = plan.sources().training();
    Evaluator evaluator =
        new Evaluator(
            spark,
            rows,
            plan.options().data().partitions(rows, Cores.of(spark)),
            new RowsProgress(console, "checked", rows.rows()));
    try {
      return evaluator.evaluate(plan.champion().orElseThrow().model().model());
    } finally {
      console.erase();
    }
  }

  private static double mostFrequent(StoredProfile rows) {
    return (double) rows.classRows().values().stream().mapToLong(Long::longValue).max().orElse(0)
        / rows.rows();
  }

  /**
   * Makes sure that the rows may be trained on.
   *
   * @throws InputException if they are beyond a hard limit
   */
  void require(LocalDate runDate) {
    List<String> refusals = new ArrayList<>(findings.refusals());
    if (predictions != null && predictions.refusal() != null) {
      refusals.add(predictions.refusal());
    }
    if (!refusals.isEmpty()) {
      throw new InputException(
          SettingNames.format(
              "the rows of %s are not trained on: %s", runDate, String.join("; ", refusals)));
    }
  }

  /** What has drifted, one sentence each. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(findings.warnings());
    if (predictions != null && predictions.warning() != null) {
      warnings.add(predictions.warning());
    }
    return warnings;
  }
}
