package dev.onehot.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How often rows of each class were predicted as each class.
 *
 * <p>Means over classes leave out classes that are neither a label nor a prediction of any row, as
 * scikit-learn's {@code classification_report} does.
 *
 * @param counts C × C: {@code counts[actual][predicted]}
 */
public record ConfusionMatrix(long[][] counts) {

  /** The number of classes, C. */
  public int classes() {
    return counts.length;
  }

  /** The number of all rows. */
  public long rows() {
    return Arrays.stream(counts).mapToLong(row -> Arrays.stream(row).sum()).sum();
  }

  /** The number of rows predicted right. */
  public long right() {
    return IntStream.range(0, classes()).mapToLong(c -> counts[c][c]).sum();
  }

  /** The share of rows predicted right, 0 … 1. */
  public double accuracy() {
    return share(right(), rows());
  }

  /** The number of rows of a class. */
  public long support(int c) {
    return Arrays.stream(counts[c]).sum();
  }

  /** The number of rows predicted as a class. */
  public long predicted(int c) {
    return Arrays.stream(counts).mapToLong(row -> row[c]).sum();
  }

  /** The metrics of a class. */
  public ClassMetrics metrics(int c) {
    long support = support(c);
    long predicted = predicted(c);
    long right = counts[c][c];
    // 2·precision·recall / (precision + recall) in whole numbers, so it is rounded once.
    return new ClassMetrics(
        share(right, predicted),
        share(right, support),
        share(2 * right, support + predicted),
        support);
  }

  /** The plain mean of the classes' metrics, with the number of all rows. */
  public ClassMetrics macroAverage() {
    return average(metrics -> 1);
  }

  /** The mean of the classes' metrics weighted by their rows, with the number of all rows. */
  public ClassMetrics weightedAverage() {
    return average(ClassMetrics::support);
  }

  private ClassMetrics average(ToDoubleFunction<ClassMetrics> weight) {
    List<ClassMetrics> seen =
        IntStream.range(0, classes())
            .filter(c -> support(c) > 0 || predicted(c) > 0)
            .mapToObj(this::metrics)
            .toList();
    double total = seen.stream().mapToDouble(weight).sum();
    return new ClassMetrics(
        seen.stream().mapToDouble(m -> weight.applyAsDouble(m) * m.precision()).sum() / total,
        seen.stream().mapToDouble(m -> weight.applyAsDouble(m) * m.recall()).sum() / total,
        seen.stream().mapToDouble(m -> weight.applyAsDouble(m) * m.f1()).sum() / total,
        rows());
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
