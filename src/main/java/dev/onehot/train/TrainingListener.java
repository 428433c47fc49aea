package dev.onehot.train;

/** Hears of a training's progress, on the thread that trains. */
@FunctionalInterface
public interface TrainingListener {

  /**
   * Training begins, or goes on from where an earlier one was.
   *
   * @param state with the history of that earlier one; can be saved from now on
   */
  default void started(TrainingState state) {}

  /** The weights after {@code metrics.iteration()} updates were measured. */
  void measured(IterationMetrics metrics);

  /** They were updated, too. */
  default void updated(TrainingState state) {}
}
