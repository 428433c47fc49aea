package dev.onehot.train;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The state of a training as plain numbers. With it, the same data and the same options, the
 * training can continue.
 *
 * @param arrays the weights and the states of the optimizer, the learning rate and early stopping,
 *     by name
 * @param history the metrics before each update, in order
 */
public record TrainingSnapshot(Map<String, double[]> arrays, List<IterationMetrics> history) {

  /** The number of updates made, which is also the next iteration. */
  public int iteration() {
    return history.size();
  }

  /**
   * One of the arrays; not a copy.
   *
   * @throws IllegalArgumentException if it is missing or has another length, so that the snapshot
   *     is from another training
   */
  double[] array(String name, int length) {
    double[] array = arrays.get(name);
    if (array == null || array.length != length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a snapshot with %s numbers of %s, where %d are needed",
              array == null ? "no" : Integer.toString(array.length),
              name,
              length));
    }
    return array;
  }

  /** Copies the array with that name. */
  void copy(String name, double[] into) {
    System.arraycopy(array(name, into.length), 0, into, 0, into.length);
  }
}
