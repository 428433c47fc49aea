package dev.onehot.math;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Computes residuals from logits for {@link VectorBlockKernel}, for one vector of LANES rows at a
 * time. The lanes are rows; classes follow one another in the prescribed order.
 */
final class VectorSoftmax {

  private static final VectorSpecies<Float> FLOATS = VectorLoops.FLOATS;
  private static final int LANES = VectorLoops.LANES;

  private final RoundedWeights weights;
  private final int classes;
  private final float[] logits;
  private final float[] residuals;
  private final float[] labelGaps;
  private final float[] denominators;

  /** C × LANES: first z, then f(z), then exp(f(z) − max f(z)). */
  private final float[] activations;

  /** C × LANES: f'(z). */
  private final float[] derivatives;

  /** C × LANES: how many gates were open. */
  private final float[] open;

  /** How many rows had no gate open. */
  private final float[] undecided = new float[LANES];

  /** How many rows were predicted right. */
  private final float[] right = new float[LANES];

  /** The label of each row of the vector. */
  private final float[] labelled = new float[LANES];

  /** For each row max f(z). */
  private final float[] largest = new float[LANES];

  /** For each row the first class that has max f(z). */
  private final float[] predicted = new float[LANES];

  /** For each row Σ exp(f(z) − max f(z)). */
  private final float[] sums = new float[LANES];

  /** 1 for each row of the vector that counts, else 0. */
  private final float[] counted = new float[LANES];

  /** To subtract nothing. */
  private final float[] zeros = new float[LANES];

  /**
   * Works on the arrays of the kernel.
   *
   * @param logits C × ROWS: the logits without the bias
   * @param residuals C × ROWS from some index on: gets (P − onehot(y)) ⊙ f'(Z)
   * @param labelGaps gets for each row max f(z) − f(z of its label)
   * @param denominators gets for each row Σ exp(f(z) − max f(z))
   */
  VectorSoftmax(
      RoundedWeights weights,
      float[] logits,
      float[] residuals,
      float[] labelGaps,
      float[] denominators) {
    this.weights = weights;
    this.logits = logits;
    this.residuals = residuals;
    this.labelGaps = labelGaps;
    this.denominators = denominators;
    classes = weights.classes();
    activations = new float[classes * LANES];
    derivatives = new float[classes * LANES];
    Arrays.fill(derivatives, 1);
    open = new float[classes * LANES];
  }

  /** Sets all counts to 0. */
  void begin() {
    Arrays.fill(open, 0);
    Arrays.fill(undecided, 0);
    Arrays.fill(right, 0);
  }

  /**
   * Computes the label gaps and denominators of a vector of rows from their logits, and counts
   * right predictions and open gates.
   *
   * @param start the first row of the vector
   * @param from the first of its rows that counts
   * @param to one more than the last of its rows that counts
   */
  void forward(int start, int from, int to, char[] labels) {
    setCounted(from - start, to - start);
    putLogits(start);
    activate();
    findLargest();
    putLabelGaps(start, from, to, labels);
    count();
    VectorLoops.expOfDifferences(activations, classes * LANES, largest, sums);
    System.arraycopy(sums, from - start, denominators, from, to - from);
  }

  /** Lets the rows from … to − 1 of the vector count. */
  private void setCounted(int from, int to) {
    if (to - from < LANES || counted[0] == 0 || counted[LANES - 1] == 0) {
      Arrays.fill(counted, 0);
      Arrays.fill(counted, from, to, 1);
    }
  }

  private void putLogits(int start) {
    for (int c = 0; c < classes; c++) {
      FloatVector z = FloatVector.fromArray(FLOATS, logits, c * RowBlock.ROWS + start);
      if (weights.bias()) {
        z = z.add(weights.values()[weights.features() * classes + c]);
      }
      z.intoArray(activations, c * LANES);
    }
  }

  /** Puts f(z) in the place of z, and sets f'(z), which is 1 from the start. */
  private void activate() {
    switch (weights.activation()) {
      case RELU -> gate();
      case SIGMOID -> squash();
      default -> {}
    }
  }

  private void gate() {
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector slope = FloatVector.broadcast(FLOATS, weights.negativeSlope());
    FloatVector counts = FloatVector.fromArray(FLOATS, counted, 0);
    for (int at = 0; at < classes * LANES; at += LANES) {
      FloatVector z = FloatVector.fromArray(FLOATS, activations, at);
      VectorMask<Float> isOpen = z.compare(VectorOperators.GT, 0f);
      z.fma(slope, zero).blend(z, isOpen).intoArray(activations, at);
      slope.blend(one, isOpen).intoArray(derivatives, at);
      FloatVector.fromArray(FLOATS, open, at).add(counts, isOpen).intoArray(open, at);
    }
  }

  private void squash() {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int at = 0; at < classes * LANES; at += LANES) {
      FloatVector.fromArray(FLOATS, activations, at).abs().neg().intoArray(derivatives, at);
    }
    VectorLoops.expOfDifferences(derivatives, classes * LANES, zeros, sums);
    for (int at = 0; at < classes * LANES; at += LANES) {
      FloatVector z = FloatVector.fromArray(FLOATS, activations, at);
      FloatVector e = FloatVector.fromArray(FLOATS, derivatives, at);
      FloatVector reciprocal = one.div(e.add(1f));
      FloatVector tail = e.mul(reciprocal);
      tail.blend(reciprocal, z.compare(VectorOperators.GE, 0f)).intoArray(activations, at);
      tail.mul(reciprocal).intoArray(derivatives, at);
    }
  }

  /** Finds the largest f(z) of each row, and the first class that has it. */
  private void findLargest() {
    FloatVector most = FloatVector.fromArray(FLOATS, activations, 0);
    FloatVector best = FloatVector.zero(FLOATS);
    for (int c = 1; c < classes; c++) {
      FloatVector activation = FloatVector.fromArray(FLOATS, activations, c * LANES);
      VectorMask<Float> isMore = activation.compare(VectorOperators.GT, most);
      most = most.blend(activation, isMore);
      best = best.blend(FloatVector.broadcast(FLOATS, (float) c), isMore);
    }
    most.intoArray(largest, 0);
    best.intoArray(predicted, 0);
  }

  /** Puts how far f(z) of a row's label is below the largest f(z). */
  private void putLabelGaps(int start, int from, int to, char[] labels) {
    for (int r = from; r < to; r++) {
      int i = r - start;
      int label = labels[r];
      labelGaps[r] = largest[i] - activations[label * LANES + i];
      labelled[i] = label;
    }
  }

  /**
   * Counts the rows of the vector that are predicted right, and those on which the gate is open for
   * no class: behind the gate, only an open one gives more than 0. It counts in lanes and does not
   * branch. Nobody can predict whether a row is right. And a warm-up may see no undecided row; then
   * C2 leaves that branch out, and compiles all code around it again when the first one comes.
   */
  private void count() {
    FloatVector counts = FloatVector.fromArray(FLOATS, counted, 0);
    VectorMask<Float> isRight =
        FloatVector.fromArray(FLOATS, predicted, 0)
            .compare(VectorOperators.EQ, FloatVector.fromArray(FLOATS, labelled, 0));
    FloatVector.fromArray(FLOATS, right, 0).add(counts, isRight).intoArray(right, 0);
    if (weights.activation().isGate()) {
      VectorMask<Float> closed =
          FloatVector.fromArray(FLOATS, largest, 0).compare(VectorOperators.LE, 0f);
      FloatVector.fromArray(FLOATS, undecided, 0).add(counts, closed).intoArray(undecided, 0);
    }
  }

  /**
   * Computes residuals, after {@link #forward}: those of the rows that count, and some finite
   * number for the other rows of the vector.
   *
   * @param first the index of the first row's residual of class 0
   */
  void backward(int first) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector reciprocal = one.div(FloatVector.fromArray(FLOATS, sums, 0));
    FloatVector labels = FloatVector.fromArray(FLOATS, labelled, 0);
    for (int c = 0; c < classes; c++) {
      FloatVector p = FloatVector.fromArray(FLOATS, activations, c * LANES).mul(reciprocal);
      p.sub(one, labels.compare(VectorOperators.EQ, (float) c))
          .mul(FloatVector.fromArray(FLOATS, derivatives, c * LANES))
          .intoArray(residuals, first + c * RowBlock.ROWS);
    }
  }

  /** Adds the number of rows since {@link #begin} on which no gate was open. */
  void addUndecided(RowStatistics statistics) {
    for (int i = 0; i < LANES; i++) {
      statistics.undecided += (long) undecided[i];
    }
  }

  /**
   * Adds what else was counted since {@link #begin}, over this many rows whose weights are all 1.
   *
   * @param one the weight 1 in {@link RoundedWeights#weightScale()}
   */
  void addCounts(int rows, long one, RowStatistics statistics) {
    for (int i = 0; i < LANES; i++) {
      statistics.correct += (long) right[i] * one;
    }
    for (int c = 0; c < classes; c++) {
      if (weights.activation().isGate()) {
        for (int i = c * LANES; i < (c + 1) * LANES; i++) {
          statistics.active[c] += (long) open[i] * one;
        }
      } else {
        statistics.active[c] += rows * one;
      }
    }
  }

  /**
   * Adds the weights of the vector's rows from … to − 1 that are right or have open gates, after
   * {@link #forward}. Such sums don't fit the lanes of floats.
   *
   * @param multiples for each row of the block its weight in {@link RoundedWeights#weightScale()}
   */
  void addWeights(int start, int from, int to, long[] multiples, RowStatistics statistics) {
    for (int r = from; r < to; r++) {
      if (predicted[r - start] == labelled[r - start]) {
        statistics.correct += multiples[r];
      }
    }
    boolean gate = weights.activation().isGate();
    for (int c = 0; c < classes; c++) {
      float bias = weights.bias() ? weights.values()[weights.features() * classes + c] : 0;
      for (int r = from; r < to; r++) {
        if (!gate || logits[c * RowBlock.ROWS + r] + bias > 0) {
          statistics.active[c] += multiples[r];
        }
      }
    }
  }
}
