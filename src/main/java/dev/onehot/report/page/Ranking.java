package dev.onehot.report.page;

import dev.onehot.report.page.Run.Score;
import dev.onehot.train.IterationMetrics;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Which of several runs is the best: the one with the highest accuracy, and of these the one with
 * the lowest loss. Of runs that are equal in both, the first is.
 *
 * @param rows the rows that decide, in words
 * @param score the score of a run on these rows
 */
record Ranking(String rows, Function<Run, Score> score) {

  /** Test rows decide if every run has them, then rows held back, then training rows. */
  static Ranking of(List<Run> runs) {
    if (runs.stream().allMatch(run -> run.test() != null)) {
      return new Ranking("test rows", Run::test);
    }
    return runs.stream().allMatch(run -> heldBack(run) != null)
        ? new Ranking("rows held back", Ranking::heldBack)
        : new Ranking("training rows", Run::train);
  }

  /** The score on the rows held back, after the last update; null if there are none. */
  static Score heldBack(Run run) {
    if (run.history().isEmpty()) {
      return null;
    }
    IterationMetrics last = run.history().get(run.history().size() - 1);
    return last.validationLoss() == null
        ? null
        : new Score(last.validationAccuracy(), last.validationLoss());
  }

  /** All runs, the best first. */
  List<Run> sorted(List<Run> runs) {
    Comparator<Run> byAccuracy = Comparator.comparingDouble(run -> -score.apply(run).accuracy());
    return runs.stream()
        .sorted(byAccuracy.thenComparingDouble(run -> score.apply(run).loss()))
        .toList();
  }
}
