package dev.onehot.train;

/** Is told of a training's progress, on the training thread. */
@FunctionalInterface
public interface TrainingListener {

  /**
   * Called when training begins or resumes.
   *
   * @param state holds the history of the resumed training; can be saved from now on
   */
  default void started(TrainingState state) {}

  /** Called when the weights after {@code metrics.iteration()} updates were measured. */
  void measured(IterationMetrics metrics);

  /** Called when the weights were updated. */
  default void updated(TrainingState state) {}
}
