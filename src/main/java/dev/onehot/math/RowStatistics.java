package dev.onehot.math;

import java.io.Serializable;

/**
 * The exact sums of a kernel over some rows: of their losses, and of the weights of those that were
 * right or had open gates. Where rows have no weights, each counts as 1.
 *
 * <p>Averages are weighted: they divide by the sum of the weights.
 */
public final class RowStatistics implements Serializable {

  private static final long serialVersionUID = 2L;

  long rows;

  /** In {@link RoundedWeights#weightScale()}, as {@link #correct} and {@link #active} are. */
  long weight;

  /** Of the weighted losses, in {@link RoundedWeights#lossScale()}. */
  long loss;

  long correct;
  long undecided;
  final long[] active;

  RowStatistics(int classes) {
    active = new long[classes];
  }

  void merge(RowStatistics other) {
    rows += other.rows;
    weight += other.weight;
    loss += other.loss;
    correct += other.correct;
    undecided += other.undecided;
    for (int c = 0; c < active.length; c++) {
      active[c] += other.active[c];
    }
  }

  /** The number of rows, whatever their weights. */
  public long rows() {
    return rows;
  }

  /**
   * The sum of the rows' weights.
   *
   * @param weights what the rows were measured with
   */
  public double weight(RoundedWeights weights) {
    return weights.weightScale().toDouble(weight);
  }

  /**
   * The mean cross-entropy; NaN if there are no rows.
   *
   * @param weights what the rows were measured with
   */
  public double loss(RoundedWeights weights) {
    return weights.lossScale().toDouble(loss) / weight(weights);
  }

  /** The share of rows whose largest activation is the label's; the first class wins a tie. */
  public double accuracy() {
    return (double) correct / weight;
  }

  /**
   * How many rows have an open gate for no class: all logits ≤ 0. Always 0 without a gate. This is
   * a number of rows, whatever their weights.
   */
  public long undecided() {
    return undecided;
  }

  /** For each class, the share of rows on which its gate is open; 1 without a gate. */
  public double[] activeShares() {
    double[] shares = new double[active.length];
    for (int c = 0; c < active.length; c++) {
      shares[c] = (double) active[c] / weight;
    }
    return shares;
  }
}
