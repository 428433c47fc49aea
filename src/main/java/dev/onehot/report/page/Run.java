package dev.onehot.report.page;

import dev.onehot.model.Provenance;
import dev.onehot.train.IterationMetrics;
import java.util.List;

/**
 * A training beside others.
 *
 * @param name the model's directory, without secrets
 * @param provenance how the model was made; null if that is not known
 * @param history the metrics of each iteration
 * @param iterations the number of updates
 * @param stopped why training ended
 * @param train the quality on the rows that were trained on
 * @param test the quality on the test rows; null without test rows
 * @param testRows which test rows these are: the same text for the same rows; null if that is not
 *     known
 * @param deadClasses the names of the classes that are dead
 * @param warnings what the user was warned of
 * @param seconds how long the run took
 * @param millisecondsPerIteration the median time of an iteration
 */
public record Run(
    String name,
    Provenance provenance,
    List<IterationMetrics> history,
    int iterations,
    String stopped,
    Score train,
    Score test,
    String testRows,
    List<String> deadClasses,
    List<String> warnings,
    double seconds,
    double millisecondsPerIteration) {

  /**
   * The quality on some rows.
   *
   * @param accuracy the share predicted right, 0 … 1
   * @param loss the mean cross-entropy
   */
  public record Score(double accuracy, double loss) {}
}
