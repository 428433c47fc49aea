package dev.onehot.job;

import dev.onehot.data.ImageShape;
import dev.onehot.data.RowSource;
import dev.onehot.evaluate.Comparison;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.report.Redaction;
import dev.onehot.report.page.PageContent;
import dev.onehot.report.page.PictureSize;
import dev.onehot.train.IterationMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What report.html says of an evaluation. */
final class EvaluationPage {

  private EvaluationPage() {}

  /**
   * @param rows the rows that were evaluated
   * @param history the metrics of the model's training; empty if they are not known
   */
  static PageContent of(EvaluatedModel evaluated, RowSource rows, List<IterationMetrics> history) {
    String model = Redaction.uris(evaluated.model().directory().toString());
    String source = Redaction.uris(rows.description());
    PageContent page =
        PageContent.of(
                "Evaluation of " + model,
                verdict(evaluated, source),
                evaluated.model().model().classNames())
            .withModel(evaluated.model().model(), pictures(rows))
            .withEvaluation(source, evaluated.evaluation())
            .withProvenance(evaluated.model().content().provenance());
    if (!history.isEmpty()) {
      page = page.withTraining(history, List.of());
    }
    return evaluated.comparison() == null
        ? page
        : page.withComparison(other(evaluated), evaluated.comparison());
  }

  private static PictureSize pictures(RowSource rows) {
    return PictureSize.of(
        rows.pictures().map(ImageShape::height).orElse(null),
        rows.pictures().map(ImageShape::width).orElse(null));
  }

  private static String other(EvaluatedModel evaluated) {
    return Redaction.uris(evaluated.against().directory().toString());
  }

  private static List<String> verdict(EvaluatedModel evaluated, String source) {
    Evaluation evaluation = evaluated.evaluation();
    List<String> verdict = new ArrayList<>();
    verdict.add(
        String.format(
            Locale.ROOT,
            "The model predicts %.2f %% of %,d rows right, from %s.",
            100 * evaluation.accuracy(),
            evaluation.rows(),
            source));
    Comparison comparison = evaluated.comparison();
    if (comparison != null) {
      verdict.add(
          String.format(
              Locale.ROOT,
              "%s predicts %.2f %% of them right. The two differ on %,d rows.",
              other(evaluated),
              100 * comparison.other().accuracy(),
              comparison.flippedRows()));
    }
    return verdict;
  }
}
