package dev.onehot.train;

import java.util.Map;

/** Turns gradients into updates. Has a state of its own: one training each. */
sealed interface Optimizer permits GradientDescent, Nesterov, Adam {

  /** Updates the weights in place, given the gradient at them, of the same size. */
  void update(double[] weights, double[] gradient, double learningRate);

  /** Forgets the direction of earlier updates. */
  default void restart() {}

  /** Adds the arrays that its next update depends on, by name; no copies. */
  default void save(Map<String, double[]> arrays) {}

  /** Becomes what {@link #save} told of. */
  default void restore(TrainingSnapshot snapshot) {}
}
