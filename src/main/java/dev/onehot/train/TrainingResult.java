package dev.onehot.train;

import java.util.List;

/**
 * The result of a training.
 *
 * @param weights W1, F × C
 * @param bias b1, C numbers, or null
 * @param metrics the metrics at these weights
 * @param iterations the number of all updates; more than {@code metrics.iteration()} if training
 *     went back to earlier, better weights
 * @param stopped why training ended
 * @param iterationMilliseconds how long each iteration took, in order
 */
public record TrainingResult(
    double[] weights,
    double[] bias,
    IterationMetrics metrics,
    int iterations,
    String stopped,
    List<Double> iterationMilliseconds) {

  /** The median of an iteration's time. */
  public double medianMilliseconds() {
    double[] sorted = iterationMilliseconds.stream().mapToDouble(x -> x).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
