package dev.onehot.math;

import java.io.Serializable;

/** The exact counts of a kernel over some rows, and the exact sum of their losses. */
public final class RowStatistics implements Serializable {

  private static final long serialVersionUID = 1L;

  long rows;
  long loss;
  long correct;
  long undecided;
  final long[] active;

  RowStatistics(int classes) {
    active = new long[classes];
  }

  void merge(RowStatistics other) {
    rows += other.rows;
    loss += other.loss;
    correct += other.correct;
    undecided += other.undecided;
    for (int c = 0; c < active.length; c++) {
      active[c] += other.active[c];
    }
  }

  /** The number of rows. */
  public long rows() {
    return rows;
  }

  /** The mean cross-entropy; NaN if there are no rows. */
  public double loss(FixedPoint lossScale) {
    return lossScale.toDouble(loss) / rows;
  }

  /** The share of rows whose largest activation is the label's; the first class wins a tie. */
  public double accuracy() {
    return (double) correct / rows;
  }

  /** Rows on which the gate is open for no class: all logits ≤ 0. Always 0 without a gate. */
  public long undecided() {
    return undecided;
  }

  /** For each class, the share of rows on which its gate is open; 1 without a gate. */
  public double[] activeShares() {
    double[] shares = new double[active.length];
    for (int c = 0; c < active.length; c++) {
      shares[c] = (double) active[c] / rows;
    }
    return shares;
  }
}
