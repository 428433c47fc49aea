package dev.onehot.model;

import dev.onehot.failure.InputException;
import dev.onehot.math.Activation;
import dev.onehot.math.RowValues;
import java.util.Locale;

/**
 * Scores one row after another. It keeps its arrays, so a row costs no memory; only one thread at a
 * time may use it. The figures have the same bits as those of {@link SoftmaxModel#probabilities}.
 */
public final class RowScorer {

  /** How many classes are summed at a time, so that their sums stay in registers. */
  private static final int BUNDLE = 5;

  private final int features;
  private final int classes;
  private final double[] weights;
  private final LinearPart linear;
  private final double[] offset;
  private final Activation activation;
  private final double[] logits;
  private final double[] activations;
  private final double[] exponentials;
  private int[] columnsOfRow = new int[0];
  private float[] valuesOfRow = new float[0];
  private double[] scaled = new double[0];
  private double denominator;
  private int label;

  RowScorer(LinearPart linear, Activation activation) {
    this.linear = linear;
    this.activation = activation;
    weights = linear.weights();
    offset = linear.offset();
    classes = linear.classes();
    features = linear.features();
    logits = new double[classes];
    activations = new double[classes];
    exponentials = new double[classes];
  }

  /** Scores a row of some. It needs memory for what isn't 0 in it, not for all features. */
  public void score(RowValues rows, int row) {
    int most = rows.mostNonZeros(row);
    if (columnsOfRow.length < most) {
      columnsOfRow = new int[most];
      valuesOfRow = new float[most];
    }
    score(columnsOfRow, valuesOfRow, rows.copyNonZeros(row, columnsOfRow, valuesOfRow));
  }

  /**
   * Scores a row.
   *
   * @param columns the indices of the features that are not 0, ascending
   * @param values the raw values of these features; NaN for a missing one
   * @param count how many there are; both arrays may be longer
   */
  public void score(int[] columns, float[] values, int count) {
    if (count > 0 && columns[count - 1] >= features) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a row with the feature %d for a model of %d",
              columns[count - 1],
              features));
    }
    if (scaled.length < count) {
      scaled = new double[columns.length];
    }
    for (int i = 0; i < count; i++) {
      scaled[i] = linear.scaled(columns[i], values[i]);
    }
    sum(columns, count);
    for (int c = 0; offset != null && c < classes; c++) {
      logits[c] += offset[c];
    }
    label = 0;
    for (int c = 0; c < classes; c++) {
      activations[c] = activation.apply(logits[c]);
      if (activations[c] > activations[label]) {
        label = c;
      }
    }
    denominator = 0;
    double largest = activations[label];
    for (int c = 0; c < classes; c++) {
      exponentials[c] = StrictMath.exp(activations[c] - largest);
      denominator += exponentials[c];
    }
  }

  private void sum(int[] columns, int count) {
    if (classes < BUNDLE) {
      for (int c = 0; c < classes; c++) {
        sumOne(c, columns, count);
      }
      return;
    }
    int done = 0;
    for (; done <= classes - 2 * BUNDLE; done += 2 * BUNDLE) {
      sumTwoBundles(done, columns, count);
    }
    // The last bundle may sum some classes again, which costs less than to sum the rest singly.
    for (int c = done; c < classes; c += BUNDLE) {
      sumBundle(Math.min(c, classes - BUNDLE), columns, count);
    }
  }

  /** The order of the additions is that of {@link SoftmaxModel#logits}: by column. */
  private void sumOne(int c, int[] columns, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += scaled[i] * weights[columns[i] * classes + c];
    }
    logits[c] = sum;
  }

  private void sumBundle(int first, int[] columns, int count) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double sum4 = 0;
    for (int i = 0; i < count; i++) {
      double x = scaled[i];
      int at = columns[i] * classes + first;
      sum0 += x * weights[at];
      sum1 += x * weights[at + 1];
      sum2 += x * weights[at + 2];
      sum3 += x * weights[at + 3];
      sum4 += x * weights[at + 4];
    }
    logits[first] = sum0;
    logits[first + 1] = sum1;
    logits[first + 2] = sum2;
    logits[first + 3] = sum3;
    logits[first + 4] = sum4;
  }

  /** Like two calls of {@link #sumBundle}, but reads the row once. */
  private void sumTwoBundles(int first, int[] columns, int count) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double sum4 = 0;
    double sum5 = 0;
    double sum6 = 0;
    double sum7 = 0;
    double sum8 = 0;
    double sum9 = 0;
    for (int i = 0; i < count; i++) {
      double x = scaled[i];
      int at = columns[i] * classes + first;
      sum0 += x * weights[at];
      sum1 += x * weights[at + 1];
      sum2 += x * weights[at + 2];
      sum3 += x * weights[at + 3];
      sum4 += x * weights[at + 4];
      sum5 += x * weights[at + 5];
      sum6 += x * weights[at + 6];
      sum7 += x * weights[at + 7];
      sum8 += x * weights[at + 8];
      sum9 += x * weights[at + 9];
    }
    logits[first] = sum0;
    logits[first + 1] = sum1;
    logits[first + 2] = sum2;
    logits[first + 3] = sum3;
    logits[first + 4] = sum4;
    logits[first + 5] = sum5;
    logits[first + 6] = sum6;
    logits[first + 7] = sum7;
    logits[first + 8] = sum8;
    logits[first + 9] = sum9;
  }

  /** The most probable class of the last row. In a tie, the first class wins. */
  public int label() {
    return label;
  }

  /**
   * Makes sure that the last row has probabilities: its logits may be beyond the largest float64,
   * or NaN.
   *
   * @param position the row's position, for the message
   * @throws InputException if it has none
   */
  public void requireProbabilities(long position) {
    if (!(probability(label) > 0)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "row %d has no probabilities, as the model's numbers for it are too large or none; use another model",
              position));
    }
  }

  /** The probability of a class for the last row. */
  public double probability(int c) {
    return exponentials[c] / denominator;
  }

  /**
   * How many classes come before a class for the last row: 0 for the most probable one. Of equally
   * probable classes the first comes first.
   */
  public int rank(int c) {
    int before = 0;
    for (int k = 0; k < classes; k++) {
      if (activations[k] > activations[c] || activations[k] == activations[c] && k < c) {
        before++;
      }
    }
    return before;
  }

  /** Whether all classes are behind the gate for the last row, so that all are equally probable. */
  public boolean undecided() {
    return activation.isGate() && activations[label] == 0;
  }
}
