package dev.onehot.train;

/** Hears of a training's progress, on the thread that trains. */
@FunctionalInterface
public interface TrainingListener {

  /** The weights after {@code metrics.iteration()} updates were measured. */
  void measured(IterationMetrics metrics);
}
