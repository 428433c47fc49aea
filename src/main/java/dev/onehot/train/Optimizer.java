package dev.onehot.train;

import java.util.Map;

/** Turns gradients into updates. It has state, so each training needs its own. */
sealed interface Optimizer permits GradientDescent, Nesterov, Adam {

  /** Updates the weights in place. The gradient was measured at them and has the same length. */
  void update(double[] weights, double[] gradient, double learningRate);

  /** Forgets the direction of earlier updates. */
  default void restart() {}

  /** Adds the named arrays that the next update depends on. Does not copy them. */
  default void save(Map<String, double[]> arrays) {}

  /** Restores the state that {@link #save} saved. */
  default void restore(TrainingSnapshot snapshot) {}
}
