package dev.onehot.evaluate;

import dev.onehot.math.ExactSum;
import dev.onehot.model.RowScorer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an {@link Evaluation} is made of: exact sums over rows, which are the same for any order of
 * rows and any partitions.
 */
final class EvaluationSum implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ExactSum loss = new ExactSum();
  private final long[][] confusion;
  private long secondRight;
  private long undecided;
  private final long[] binRows = new long[Calibration.BINS];
  private final long[] binRight = new long[Calibration.BINS];
  private final ExactSum[] binProbability =
      IntStream.range(0, Calibration.BINS).mapToObj(bin -> new ExactSum()).toArray(ExactSum[]::new);
  private final FirstRows nearMisses = new FirstRows(Evaluation.EXAMPLES, RowOrder.SMALLEST_GAP);
  private final FirstRows confident = new FirstRows(Evaluation.EXAMPLES, RowOrder.MOST_CONFIDENT);

  EvaluationSum(int classes) {
    confusion = new long[classes][classes];
  }

  /**
   * Adds the row that a scorer has just scored.
   *
   * @param row the row, without features
   * @param example gives the row again, with its features if they are wanted
   */
  void add(RowScorer scorer, ScoredRow row, Example example) {
    boolean right = row.predicted() == row.actual();
    confusion[row.actual()][row.predicted()]++;
    // A probability that underflowed counts as the smallest there is, so the loss is finite.
    loss.add(-StrictMath.log(Math.max(row.probabilityOfActual(), Double.MIN_VALUE)));
    int bin = Calibration.bin(row.probability());
    binRows[bin]++;
    binProbability[bin].add(row.probability());
    if (scorer.undecided()) {
      undecided++;
    }
    if (right) {
      binRight[bin]++;
      return;
    }
    if (scorer.rank(row.actual()) == 1) {
      secondRight++;
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
    loss.add(other.loss);
    secondRight += other.secondRight;
    undecided += other.undecided;
    for (int a = 0; a < confusion.length; a++) {
      for (int p = 0; p < confusion.length; p++) {
        confusion[a][p] += other.confusion[a][p];
      }
    }
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      binRows[bin] += other.binRows[bin];
      binRight[bin] += other.binRight[bin];
      binProbability[bin].add(other.binProbability[bin]);
    }
    nearMisses.addAll(other.nearMisses);
    confident.addAll(other.confident);
  }

  Evaluation evaluation() {
    ConfusionMatrix matrix = new ConfusionMatrix(confusion);
    return new Evaluation(
        loss.value() / matrix.rows(),
        secondRight,
        undecided,
        matrix,
        calibration(),
        nearMisses.rows(),
        confident.rows());
  }

  private Calibration calibration() {
    List<Calibration.Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < Calibration.BINS; bin++) {
      long rows = binRows[bin];
      bins.add(
          new Calibration.Bin(
              (double) bin / Calibration.BINS,
              (bin + 1.0) / Calibration.BINS,
              rows,
              rows == 0 ? 0 : (double) binRight[bin] / rows,
              rows == 0 ? 0 : binProbability[bin].value() / rows));
    }
    return new Calibration(List.copyOf(bins));
  }
}
