package dev.onehot.job;

import dev.onehot.evaluate.Evaluation;
import dev.onehot.model.Provenance;
import dev.onehot.report.Redaction;
import dev.onehot.report.page.PageContent;
import dev.onehot.report.page.PictureSize;
import dev.onehot.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What report.html says of a training. */
final class TrainingPage {

  private TrainingPage() {}

  /**
   * @param test null without test rows
   * @param warnings what the user was warned of
   */
  static PageContent of(
      TrainingData data,
      TrainedModel trained,
      Evaluation test,
      Provenance provenance,
      List<String> warnings) {
    PictureSize pictures = PictureSize.of(provenance.data().height(), provenance.data().width());
    PageContent page =
        PageContent.of(
                "Run " + provenance.run(),
                verdict(data, trained.result(), test, warnings),
                trained.model().classNames())
            .withWarnings(warnings)
            .withTraining(trained.result().history(), trained.deadClasses())
            .withModel(trained.model(), pictures)
            .withProvenance(provenance);
    return test == null
        ? page
        : page.withEvaluation(Redaction.uris(data.test().source().description()), test);
  }

  private static List<String> verdict(
      TrainingData data, TrainingResult result, Evaluation test, List<String> warnings) {
    long rows = data.training().profile().trainingRows();
    List<String> verdict = new ArrayList<>();
    verdict.add(
        test == null
            ? String.format(
                Locale.ROOT,
                "The model predicts %.2f %% of its %,d training rows right. There were no test rows.",
                100 * result.metrics().accuracy(),
                rows)
            : String.format(
                Locale.ROOT,
                "The model predicts %.2f %% of %,d test rows right.",
                100 * test.accuracy(),
                test.rows()));
    verdict.add(
        String.format(
            Locale.ROOT,
            "Trained on %,d rows: %d iterations of %.1f ms each (median); %.1f s in all. Training ended: %s.",
            rows,
            result.iterations(),
            result.medianMilliseconds(),
            TrainingFigures.secondsSinceStart(),
            result.stopped()));
    if (warnings.isEmpty()) {
      verdict.add("There were no warnings.");
    }
    return verdict;
  }
}
