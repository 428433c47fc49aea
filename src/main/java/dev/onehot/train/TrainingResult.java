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
 * @param history the metrics of each iteration, in order; the last ones are those after the last
 *     update. They are read from a compact form, one at a time
 */
public record TrainingResult(
    double[] weights,
    double[] bias,
    IterationMetrics metrics,
    int iterations,
    String stopped,
    List<IterationMetrics> history) {

  /** The median of an iteration's time. */
  public double medianMilliseconds() {
    double[] sorted =
        history.stream().mapToDouble(IterationMetrics::milliseconds).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
