package dev.onehot.train;

import java.util.List;
import java.util.Map;

/**
 * All that the rest of a training depends on, besides its data and options, as plain numbers.
 *
 * @param arrays weights, and whatever the optimizer, the learning rate and early stopping remember,
 *     by name
 * @param history what was measured before each update that was made, in order
 */
public record TrainingSnapshot(Map<String, double[]> arrays, List<IterationMetrics> history) {

  /** How many updates were made, and so which iteration comes next. */
  public int iteration() {
    return history.size();
  }

  /**
   * One of the arrays; not a copy.
   *
   * @throws IllegalArgumentException if it is missing or has another length, so that this is no
   *     snapshot of such a training
   */
  double[] array(String name, int length) {
    double[] array = arrays.get(name);
    if (array == null || array.length != length) {
      throw new IllegalArgumentException(
          "a snapshot with %s numbers of %s, where %d are needed"
              .formatted(array == null ? "no" : Integer.toString(array.length), name, length));
    }
    return array;
  }

  /** Fills an array with the one of that name. */
  void copy(String name, double[] into) {
    System.arraycopy(array(name, into.length), 0, into, 0, into.length);
  }
}
