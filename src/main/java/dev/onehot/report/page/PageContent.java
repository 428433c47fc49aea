package dev.onehot.report.page;

import dev.onehot.evaluate.Comparison;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.model.Provenance;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.train.IterationMetrics;
import java.util.List;

/**
 * What report.html shows. Parts that are null are left out.
 *
 * @param title what the page is about, such as the run's id
 * @param verdict the result in plain sentences, the most important one first
 * @param warnings what the user was warned of, one line each
 * @param classNames C names
 * @param training how the model was trained; null if that is not known
 * @param weights the model itself; null to leave it out
 * @param tested how good the model is; null if it was not measured
 * @param compared what is different with another model; null without one
 * @param provenance where the model comes from; null if that is not known
 * @param night what the nightly job says of the model; null if it is not one of its models
 */
public record PageContent(
    String title,
    List<String> verdict,
    List<String> warnings,
    List<String> classNames,
    Training training,
    Weights weights,
    Tested tested,
    Compared compared,
    Provenance provenance,
    Night night) {

  public PageContent {
    verdict = List.copyOf(verdict);
    warnings = List.copyOf(warnings);
    classNames = List.copyOf(classNames);
  }

  /**
   * The iterations of a training.
   *
   * @param history the metrics of each iteration, as in metrics.jsonl
   * @param deadClasses the names of the classes that are dead in the final model
   */
  public record Training(List<IterationMetrics> history, List<String> deadClasses) {}

  /**
   * The weights of a model.
   *
   * @param pictures the size of the pictures that the features are; null if they are none
   */
  public record Weights(SoftmaxModel model, PictureSize pictures) {}

  /**
   * A model on labelled rows.
   *
   * @param rows the rows in a few words, without secrets, such as {@code ../mnist (t10k-images)}
   * @param evaluation how the model does on them
   */
  public record Tested(String rows, Evaluation evaluation) {}

  /**
   * Another model on the same rows.
   *
   * @param other the other model's name, without secrets
   * @param comparison how it differs
   */
  public record Compared(String other, Comparison comparison) {}

  /** A page with a title and a verdict; the withers add the other parts. */
  public static PageContent of(String title, List<String> verdict, List<String> classNames) {
    return new PageContent(
        title, verdict, List.of(), classNames, null, null, null, null, null, null);
  }

  /** This page with another result. */
  public PageContent withVerdict(List<String> sentences) {
    return new PageContent(
        title,
        sentences,
        warnings,
        classNames,
        training,
        weights,
        tested,
        compared,
        provenance,
        night);
  }

  /** This page with warnings. */
  public PageContent withWarnings(List<String> lines) {
    return new PageContent(
        title, verdict, lines, classNames, training, weights, tested, compared, provenance, night);
  }

  /**
   * This page with the iterations of a training.
   *
   * @param history is not copied, as it may be long
   */
  public PageContent withTraining(List<IterationMetrics> history, List<String> deadClasses) {
    return new PageContent(
        title,
        verdict,
        warnings,
        classNames,
        new Training(history, List.copyOf(deadClasses)),
        weights,
        tested,
        compared,
        provenance,
        night);
  }

  /**
   * This page with a model.
   *
   * @param pictures the size of the pictures that the features are; null if they are none
   */
  public PageContent withModel(SoftmaxModel model, PictureSize pictures) {
    return new PageContent(
        title,
        verdict,
        warnings,
        classNames,
        training,
        new Weights(model, pictures),
        tested,
        compared,
        provenance,
        night);
  }

  /**
   * This page with the quality of the model.
   *
   * @param rows the rows in a few words, without secrets
   */
  public PageContent withEvaluation(String rows, Evaluation evaluation) {
    return new PageContent(
        title,
        verdict,
        warnings,
        classNames,
        training,
        weights,
        new Tested(rows, evaluation),
        compared,
        provenance,
        night);
  }

  /**
   * This page with another model beside it.
   *
   * @param other the other model's name, without secrets
   */
  public PageContent withComparison(String other, Comparison comparison) {
    return new PageContent(
        title,
        verdict,
        warnings,
        classNames,
        training,
        weights,
        tested,
        new Compared(other, comparison),
        provenance,
        night);
  }

  /** This page with the model's provenance. */
  public PageContent withProvenance(Provenance origin) {
    return new PageContent(
        title, verdict, warnings, classNames, training, weights, tested, compared, origin, night);
  }

  /** This page with what the nightly job says of the model. */
  public PageContent withNight(Night judged) {
    return new PageContent(
        title,
        verdict,
        warnings,
        classNames,
        training,
        weights,
        tested,
        compared,
        provenance,
        judged);
  }
}
