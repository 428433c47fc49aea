package dev.onehot.evaluate;

import java.util.List;

/**
 * The quality of a model on labelled rows. If rows have weights, all means and shares are weighted.
 * Only examples, and the number of undecided rows, are of rows. All figures are the same for any
 * partitions.
 *
 * @param loss the mean cross-entropy (log loss), in nats
 * @param secondRight the weights of the rows whose label is the second most probable class; their
 *     number without weights
 * @param undecidedRows the number of rows on which every class is behind the gate
 * @param confusion the confusion matrix
 * @param calibration the calibration of the predicted classes' probabilities
 * @param nearMisses rows predicted wrong, those with the smallest {@link ScoredRow#gap} first; at
 *     most {@link #EXAMPLES}
 * @param confidentlyWrong rows predicted wrong, those with the highest probability of the predicted
 *     class first; at most {@link #EXAMPLES}
 */
public record Evaluation(
    double loss,
    double secondRight,
    long undecidedRows,
    ConfusionMatrix confusion,
    Calibration calibration,
    List<ScoredRow> nearMisses,
    List<ScoredRow> confidentlyWrong) {

  /** The most rows that are kept as examples of a kind. */
  public static final int EXAMPLES = 24;

  /** The number of rows. */
  public long rows() {
    return confusion.rows();
  }

  /** The share of rows predicted right, 0 … 1. */
  public double accuracy() {
    return confusion.accuracy();
  }

  /** The share of rows whose label is one of the two most probable classes, 0 … 1. */
  public double top2Accuracy() {
    return (confusion.weightRight() + secondRight) / confusion.weight();
  }
}
