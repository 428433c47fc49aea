package dev.onehot.job;

import dev.onehot.evaluate.Comparison;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.report.EvaluationFile;
import dev.onehot.report.EvaluationTable;
import java.util.List;

/**
 * A model that was measured.
 *
 * @param model the model
 * @param evaluation its evaluation
 * @param against the model that it was compared with; null for none
 * @param comparison the comparison; null for none
 */
public record EvaluatedModel(
    StoredModel model, Evaluation evaluation, StoredModel against, Comparison comparison) {

  /** A table for people. */
  public String summary() {
    EvaluationTable table = new EvaluationTable(classNames());
    String text = table.of(evaluation);
    return comparison == null ? text : text + table.of(comparison, against.directory().toString());
  }

  /**
   * The content of evaluation.json.
   *
   * @param data the source of the rows, in a few words
   */
  EvaluationFile file(String data) {
    EvaluationFile file =
        EvaluationFile.of(
            model.directory().toString(), model.model().w1Sha256(), data, classNames(), evaluation);
    return comparison == null
        ? file
        : file.with(
            comparison, against.directory().toString(), against.model().w1Sha256(), classNames());
  }

  private List<String> classNames() {
    return model.model().classNames();
  }
}
