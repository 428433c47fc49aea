package dev.onehot.evaluate;

import dev.onehot.math.ExactSum;
import dev.onehot.model.RowScorer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an {@link Evaluation} is made of: exact sums over rows, which are the same for any order of
 * rows and any partitions.
 */
final class EvaluationSum implements Serializable {

  private static final long serialVersionUID = 1L;

  private final long[][] confusion;
  private final long[] binRows = new long[Calibration.BINS];
  private long undecided;
  private final Means means;

  /** The same as {@link #confusion}, of weights; null if rows have none. */
  private final ExactSum[][] weights;

  private final FirstRows nearMisses = new FirstRows(Evaluation.EXAMPLES, RowOrder.SMALLEST_GAP);
  private final FirstRows confident = new FirstRows(Evaluation.EXAMPLES, RowOrder.MOST_CONFIDENT);

  /** Weighted sums that become means and shares. A weight of 1 is exact. */
  private static final class Means implements Serializable {

    private static final long serialVersionUID = 1L;

    final ExactSum loss = new ExactSum();
    final ExactSum secondRight = new ExactSum();
    final ExactSum[] binWeight = sums(Calibration.BINS);
    final ExactSum[] binRight = sums(Calibration.BINS);
    final ExactSum[] binProbability = sums(Calibration.BINS);

    void add(Means other) {
      loss.add(other.loss);
      secondRight.add(other.secondRight);
      addAll(binWeight, other.binWeight);
      addAll(binRight, other.binRight);
      addAll(binProbability, other.binProbability);
    }
  }

  /**
   * @param weighted whether rows have weights
   */
  EvaluationSum(int classes, boolean weighted) {
    confusion = new long[classes][classes];
    means = new Means();
    weights =
        weighted
            ? IntStream.range(0, classes).mapToObj(c -> sums(classes)).toArray(ExactSum[][]::new)
            : null;
  }

  private static ExactSum[] sums(int count) {
    return IntStream.range(0, count).mapToObj(i -> new ExactSum()).toArray(ExactSum[]::new);
  }

  private static void addAll(ExactSum[] sums, ExactSum[] others) {
    for (int i = 0; i < sums.length; i++) {
      sums[i].add(others[i]);
    }
  }

  /**
   * Adds the row that a scorer has just scored.
   *
   * @param row the row, without features
   * @param weight its weight, up to 1; 1 if rows have no weights
   * @param example gives the row again, with its features if they are wanted
   */
  void add(RowScorer scorer, ScoredRow row, double weight, Example example) {
    boolean right = row.predicted() == row.actual();
    confusion[row.actual()][row.predicted()]++;
    if (weights != null) {
      weights[row.actual()][row.predicted()].add(weight);
    }
    // A probability that underflowed counts as the smallest there is, so the loss is finite.
    means.loss.add(weight * -StrictMath.log(Math.max(row.probabilityOfActual(), Double.MIN_VALUE)));
    int bin = Calibration.bin(row.probability());
    binRows[bin]++;
    means.binWeight[bin].add(weight);
    means.binProbability[bin].add(weight * row.probability());
    if (scorer.undecided()) {
      undecided++;
    }
    if (right) {
      means.binRight[bin].add(weight);
      return;
    }
    if (scorer.rank(row.actual()) == 1) {
      means.secondRight.add(weight);
    }
    boolean near = nearMisses.takes(row);
    boolean sure = confident.takes(row);
    if (near || sure) {
      ScoredRow kept = example.row();
      nearMisses.add(kept);
      confident.add(kept);
    }
  }

  /** Gives a row to keep. */
  @FunctionalInterface
  interface Example {
    ScoredRow row();
  }

  void add(EvaluationSum other) {
    undecided += other.undecided;
    for (int a = 0; a < confusion.length; a++) {
      for (int p = 0; p < confusion.length; p++) {
        confusion[a][p] += other.confusion[a][p];
      }
      if (weights != null) {
        addAll(weights[a], other.weights[a]);
      }
    }
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      binRows[bin] += other.binRows[bin];
    }
    means.add(other.means);
    nearMisses.addAll(other.nearMisses);
    confident.addAll(other.confident);
  }

  /**
   * The figures.
   *
   * @param weightExponent weights were divided by 2 to this power
   */
  Evaluation evaluation(int weightExponent) {
    double unit = Math.scalb(1.0, weightExponent);
    ConfusionMatrix matrix =
        new ConfusionMatrix(
            confusion,
            weights == null
                ? null
                : Arrays.stream(weights)
                    .map(row -> Arrays.stream(row).mapToDouble(sum -> sum.value() * unit).toArray())
                    .toArray(double[][]::new));
    return new Evaluation(
        means.loss.value() * unit / matrix.weight(),
        means.secondRight.value() * unit,
        undecided,
        matrix,
        calibration(unit),
        nearMisses.rows(),
        confident.rows());
  }

  private Calibration calibration(double unit) {
    List<Calibration.Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      double weight = means.binWeight[bin].value();
      bins.add(
          new Calibration.Bin(
              (double) bin / Calibration.BINS,
              (bin + 1.0) / Calibration.BINS,
              binRows[bin],
              weight == 0 ? 0 : means.binRight[bin].value() / weight,
              weight == 0 ? 0 : means.binProbability[bin].value() / weight,
              weights == null ? null : Double.valueOf(weight * unit)));
    }
    return new Calibration(List.copyOf(bins));
  }
}
