package dev.onehot.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How often rows of each class were predicted as each class. If rows have weights, all shares and
 * metrics are of weights.
 *
 * <p>Means over classes leave out classes that are neither a label nor a prediction of any row, as
 * scikit-learn's {@code classification_report} does.
 *
 * @param counts C × C: {@code counts[actual][predicted]} rows
 * @param weights C × C: the sums of these rows' weights; null if rows have no weights
 */
public record ConfusionMatrix(long[][] counts, double[][] weights) {

  /** The matrix of rows without weights. */
  public ConfusionMatrix(long[][] counts) {
    this(counts, null);
  }

  /** The number of classes, C. */
  public int classes() {
    return counts.length;
  }

  /** Whether rows have weights. */
  public boolean weighted() {
    return weights != null;
  }

  /** The number of all rows. */
  public long rows() {
    return Arrays.stream(counts).mapToLong(row -> Arrays.stream(row).sum()).sum();
  }

  /** The number of rows predicted right. */
  public long right() {
    return IntStream.range(0, classes()).mapToLong(c -> counts[c][c]).sum();
  }

  /**
   * The weights of rows of one class that were predicted as another; their number without weights.
   */
  public double weight(int actual, int predicted) {
    return weights == null ? counts[actual][predicted] : weights[actual][predicted];
  }

  /** The weights of all rows; their number without weights. */
  public double weight() {
    return IntStream.range(0, classes()).mapToDouble(this::weightOf).sum();
  }

  /** The weights of the rows of a class; their number without weights. */
  public double weightOf(int c) {
    return IntStream.range(0, classes()).mapToDouble(p -> weight(c, p)).sum();
  }

  private double weightPredicted(int c) {
    return IntStream.range(0, classes()).mapToDouble(a -> weight(a, c)).sum();
  }

  /** The weights of the rows predicted right; their number without weights. */
  public double weightRight() {
    return IntStream.range(0, classes()).mapToDouble(c -> weight(c, c)).sum();
  }

  /** The share of rows predicted right, 0 … 1. */
  public double accuracy() {
    return share(weightRight(), weight());
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
    double weight = weightOf(c);
    double predicted = weightPredicted(c);
    double right = weight(c, c);
    // 2·precision·recall / (precision + recall), of whole numbers without weights: rounded once.
    return new ClassMetrics(
        share(right, predicted),
        share(right, weight),
        share(2 * right, weight + predicted),
        support(c),
        weighted() ? weight : null);
  }

  /** The plain mean of the classes' metrics, with the number of all rows. */
  public ClassMetrics macroAverage() {
    return average(metrics -> 1);
  }

  /** The mean of the classes' metrics weighted by their rows, with the number of all rows. */
  public ClassMetrics weightedAverage() {
    return average(metrics -> weighted() ? metrics.weight() : metrics.support());
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
        rows(),
        weighted() ? weight() : null);
  }

  private static double share(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }
}
