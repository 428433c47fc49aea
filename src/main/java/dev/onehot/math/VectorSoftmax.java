package dev.onehot.math;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * From logits to residuals, for {@link VectorBlockKernel}: LANES rows at a time, a tile. Rows are
 * the lanes; classes come one after the other, in the prescribed order.
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

  /** C × LANES: z, in its place f(z), then exp(f(z) − max f(z)). */
  private final float[] activations;

  /** C × LANES: f'(z). */
  private final float[] derivatives;

  /** C × LANES: how many gates were open. */
  private final float[] open;

  /** How many rows had no gate open, and how many were predicted right. */
  private final float[] undecided = new float[LANES];

  private final float[] right = new float[LANES];

  /** Of each row of a tile: its label, max f(z), which class has it, Σ exp(f(z) − max f(z)). */
  private final float[] labelled = new float[LANES];

  private final float[] largest = new float[LANES];
  private final float[] predicted = new float[LANES];
  private final float[] sums = new float[LANES];

  /** 1 for each row of a tile that counts, else 0. */
  private final float[] counted = new float[LANES];

  /** To subtract nothing. */
  private final float[] zeros = new float[LANES];

  /**
   * Keeps the arrays of the kernel.
   *
   * @param logits C × ROWS: the logits without the bias
   * @param residuals C × ROWS from some index on: gets (P − onehot(y)) ⊙ f'(Z)
   * @param labelGaps of each row: gets max f(z) − f(z of its label)
   * @param denominators of each row: gets Σ exp(f(z) − max f(z))
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

  /** Begins to count anew. */
  void begin() {
    Arrays.fill(open, 0);
    Arrays.fill(undecided, 0);
    Arrays.fill(right, 0);
  }

  /**
   * From the logits of a tile of rows to their label gaps and denominators; counts right
   * predictions and gates.
   *
   * @param tile its first row
   * @param from which of its rows count: the first, and
   * @param to the one after the last
   */
  void forward(int tile, int from, int to, char[] labels) {
    setCounted(from - tile, to - tile);
    putLogits(tile);
    activate();
    findLargest();
    putLabelGaps(tile, from, to, labels);
    count();
    VectorLoops.expOfDifferences(activations, classes * LANES, largest, sums);
    System.arraycopy(sums, from - tile, denominators, from, to - from);
  }

  /** Lets the rows from … to − 1 of a tile count. */
  private void setCounted(int from, int to) {
    if (to - from < LANES || counted[0] == 0 || counted[LANES - 1] == 0) {
      Arrays.fill(counted, 0);
      Arrays.fill(counted, from, to, 1);
    }
  }

  private void putLogits(int tile) {
    for (int c = 0; c < classes; c++) {
      FloatVector z = FloatVector.fromArray(FLOATS, logits, c * RowBlock.ROWS + tile);
      if (weights.bias()) {
        z = z.add(weights.values()[weights.features() * classes + c]);
      }
      z.intoArray(activations, c * LANES);
    }
  }

  /** f(z) in place of z, and f'(z), which are 1 from the start. */
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
    FloatVector counts = FloatVector.fromArray(FLOATS, counted, 0);
    for (int at = 0; at < classes * LANES; at += LANES) {
      FloatVector z = FloatVector.fromArray(FLOATS, activations, at);
      VectorMask<Float> isOpen = z.compare(VectorOperators.GT, 0f);
      FloatVector derivative = zero.blend(one, isOpen);
      zero.blend(z, isOpen).intoArray(activations, at);
      derivative.intoArray(derivatives, at);
      derivative.fma(counts, FloatVector.fromArray(FLOATS, open, at)).intoArray(open, at);
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

  /** The largest f(z) of each row, and the first class that has it. */
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

  /** The largest f(z) of each row over that of its label. */
  private void putLabelGaps(int tile, int from, int to, char[] labels) {
    for (int r = from; r < to; r++) {
      int i = r - tile;
      int label = labels[r];
      labelGaps[r] = largest[i] - activations[label * LANES + i];
      labelled[i] = label;
    }
  }

  /**
   * Counts the rows of a tile that are predicted right, and those that the gate lets no class
   * through on: behind it 0 means closed. In lanes, not by branches: whether a row is right nobody
   * can foretell, and a warm-up may see no undecided one, C2 then compiles the branch away, and all
   * that it is inlined into anew when the first one comes.
   */
  private void count() {
    FloatVector counts = FloatVector.fromArray(FLOATS, counted, 0);
    VectorMask<Float> isRight =
        FloatVector.fromArray(FLOATS, predicted, 0)
            .compare(VectorOperators.EQ, FloatVector.fromArray(FLOATS, labelled, 0));
    FloatVector.fromArray(FLOATS, right, 0).add(counts, isRight).intoArray(right, 0);
    if (weights.activation().isGate()) {
      VectorMask<Float> closed =
          FloatVector.fromArray(FLOATS, largest, 0).compare(VectorOperators.EQ, 0f);
      FloatVector.fromArray(FLOATS, undecided, 0).add(counts, closed).intoArray(undecided, 0);
    }
  }

  /**
   * After {@link #forward}: the residuals of the rows that count; of others in the tile something
   * finite.
   *
   * @param first where residuals of the tile are to begin in their array
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

  /** Adds what was counted since {@link #begin}, over so many rows. */
  void addCounts(int rows, RowStatistics statistics) {
    for (int i = 0; i < LANES; i++) {
      statistics.undecided += (long) undecided[i];
      statistics.correct += (long) right[i];
    }
    for (int c = 0; c < classes; c++) {
      if (weights.activation().isGate()) {
        for (int i = c * LANES; i < (c + 1) * LANES; i++) {
          statistics.active[c] += (long) open[i];
        }
      } else {
        statistics.active[c] += rows;
      }
    }
  }
}
