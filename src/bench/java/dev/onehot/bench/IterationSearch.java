package dev.onehot.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;

/**
 * Finds how many iterations a training needs for a test accuracy: in steps of one half more until
 * it is reached, then by bisection. Trainings are deterministic, and of one that is reached before
 * the bracket, and lost again, this knows nothing.
 */
final class IterationSearch {

  private final IntToDoubleFunction accuracyAfter;
  private final int first;
  private final int most;
  private final Map<Integer, Double> known = new HashMap<>();

  /**
   * @param accuracyAfter trains from the start for so many iterations
   * @param first how many to try first
   * @param most how many to try at the most
   */
  IterationSearch(IntToDoubleFunction accuracyAfter, int first, int most) {
    this.accuracyAfter = accuracyAfter;
    this.first = first;
    this.most = most;
  }

  /** The least iterations that reach the target; empty if the most don't. */
  OptionalInt first(double target) {
    int below = 0;
    int reached = first;
    while (accuracy(reached) < target) {
      if (reached == most) {
        return OptionalInt.empty();
      }
      below = reached;
      reached = Math.min(most, reached + (reached + 1) / 2);
    }
    while (reached - below > 1) {
      int middle = (below + reached) / 2;
      if (accuracy(middle) < target) {
        below = middle;
      } else {
        reached = middle;
      }
    }
    return OptionalInt.of(reached);
  }

  double accuracy(int iterations) {
    return known.computeIfAbsent(iterations, accuracyAfter::applyAsDouble);
  }
}
