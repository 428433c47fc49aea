package dev.onehot.math;

import java.util.Arrays;
import java.util.function.Function;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The block kernel in vectors: to the bit what {@link ScalarBlockKernel} gives. Only this class and
 * {@link VectorLoops} know {@code jdk.incubator.vector}.
 *
 * <p>Dense columns and the softmax have rows as lanes: none is wasted on padding. A gradient's sums
 * over rows are so many strands, which are added up across lanes in the end, in the prescribed
 * order. Sparse columns have classes as lanes, cut into chunks of {@code LANES}, the last one
 * padded with weights of 0. In between numbers are transposed.
 */
final class VectorBlockKernel extends AbstractBlockKernel {

  private static final VectorSpecies<Float> FLOATS = VectorLoops.FLOATS;
  private static final int LANES = VectorLoops.LANES;
  private static final int GROUP = VectorLoops.GROUP;
  private static final int GROUPS_AT_ONCE = VectorLoops.GROUPS_AT_ONCE;

  /** Dense columns whose gradients' partial sums are held at a time. */
  private static final int TILE = 15;

  /** Columns whose gradients are held at a time. */
  private static final int PANEL = 256;

  private final int chunks;
  private final int groups;

  /** For each chunk (F + 1 if bias) × LANES. */
  private final float[][] weights;

  /** For each group F × GROUP. */
  private final float[][] groupWeights;

  /**
   * For each chunk ROWS × LANES: the part of the logits that sparse columns give, then in its place
   * the residuals.
   */
  private final float[][] logits;

  /**
   * GROUPS_AT_ONCE × F × GROUP: the weights of a block's dense columns alone, for groups of
   * classes.
   */
  private final float[] denseWeights;

  /** C × ROWS: the part of the logits that dense columns give. */
  private final float[] denseLogits;

  /**
   * C × ROWS: (P − onehot(y)) ⊙ f'(Z) of the training rows; 0 in what strands reach behind them.
   */
  private final float[] residuals;

  /** TILE × C × STRANDS: partial sums of dense columns' gradients. */
  private final float[] strands;

  /** PANEL × C: the block's gradient by the weights of some columns. */
  private final float[] gradients;

  /** C × LANES, of a tile of rows: z, then in its place f(z), then exp(f(z) − max f(z)). */
  private final float[] activations;

  /** C × LANES: f'(z). */
  private final float[] derivatives;

  /** C × LANES: how many gates were open. */
  private final float[] open;

  /** How many rows had no gate open. */
  private final float[] undecided = new float[LANES];

  /** Of each row of a tile: max f(z), which class has it first, Σ exp(f(z) − max f(z)). */
  private final float[] largest = new float[LANES];

  private final float[] predicted = new float[LANES];
  private final float[] sums = new float[LANES];

  /** 1 for each row of a tile that counts, else 0. */
  private final float[] counted = new float[LANES];

  VectorBlockKernel(Layer layer) {
    super(layer);
    chunks = (classes + LANES - 1) / LANES;
    groups = (classes + GROUP - 1) / GROUP;
    weights = cut(LANES, chunks, layer.inputs());
    groupWeights = cut(GROUP, groups, features);
    logits = new float[chunks][RowBlock.ROWS * LANES];
    denseWeights = new float[GROUPS_AT_ONCE * features * GROUP];
    denseLogits = new float[groups * GROUP * RowBlock.ROWS];
    residuals = new float[groups * GROUP * RowBlock.ROWS];
    strands = new float[((TILE + 3) * classes + GROUP + LANES) * STRANDS];
    gradients = new float[(PANEL + 1) * classes + LANES];
    activations = new float[classes * LANES];
    derivatives = new float[classes * LANES];
    Arrays.fill(derivatives, 1);
    open = new float[classes * LANES];
  }

  /** The weights of each so many classes by themselves, inputs × width, padded with 0. */
  private float[][] cut(int width, int parts, int inputs) {
    float[][] cut = new float[parts][inputs * width];
    for (int part = 0; part < parts; part++) {
      int from = part * width;
      int count = Math.min(width, classes - from);
      for (int j = 0; j < inputs; j++) {
        System.arraycopy(layer.weights(), j * classes + from, cut[part], j * width, count);
      }
    }
    return cut;
  }

  /** Made by reflection, where the vector module is there. */
  static final class Factory implements Function<Layer, BlockKernel> {

    @Override
    public BlockKernel apply(Layer layer) {
      return new VectorBlockKernel(layer);
    }

    @Override
    public String toString() {
      return "SIMD float32, %d bits".formatted(FLOATS.vectorBitSize());
    }
  }

  @Override
  void forward(RowBlock block) {
    forwardDense(block);
    forwardSparse(block);
  }

  private void forwardDense(RowBlock block) {
    byte[] values = block.denseValues;
    char[] columns = block.denseColumns;
    int rows = block.rows();
    int end = columns.length * GROUP;
    for (int g = 0; g < groups; g += GROUPS_AT_ONCE) {
      gatherWeights(columns, groupWeights[g], 0);
      int z = g * GROUP * RowBlock.ROWS;
      if (GROUPS_AT_ONCE == 2 && g + 1 < groups) {
        gatherWeights(columns, groupWeights[g + 1], end);
        for (int r = 0; r < rows; r += LANES) {
          int x = block.denseAt(0, r);
          VectorLoops.sumDenseLogitsOfTwo(values, x, denseWeights, end, denseLogits, z + r);
        }
      } else {
        for (int r = 0; r < rows; r += 2 * LANES) {
          int x = block.denseAt(0, r);
          VectorLoops.sumDenseLogits(values, x, denseWeights, end, denseLogits, z + r);
        }
      }
    }
  }

  private void forwardSparse(RowBlock block) {
    int rows = block.rows();
    for (int v = 0; v < chunks; v += 2) {
      boolean two = v + 1 < chunks;
      for (int r = 0; r < rows; r++) {
        int from = block.rowStart[r];
        int end = block.rowStart[r + 1];
        int z = r * LANES;
        if (two) {
          VectorLoops.sumSparseLogitsOfTwo(
              block.columns,
              block.values,
              from,
              end,
              weights[v],
              weights[v + 1],
              logits[v],
              logits[v + 1],
              z);
        } else {
          VectorLoops.sumSparseLogits(
              block.columns, block.values, from, end, weights[v], logits[v], z);
        }
      }
    }
  }

  /** Puts the weights of some columns side by side, those of adjoining ones all at once. */
  private void gatherWeights(char[] columns, float[] weights, int to) {
    for (int i = 0; i < columns.length; ) {
      int run = i + 1;
      while (run < columns.length && columns[run] == columns[run - 1] + 1) {
        run++;
      }
      System.arraycopy(
          weights, columns[i] * GROUP, denseWeights, to + i * GROUP, (run - i) * GROUP);
      i = run;
    }
  }

  @Override
  void differentiate(RowBlock block, int from, int to, RowStatistics statistics) {
    Arrays.fill(open, 0);
    Arrays.fill(undecided, 0);
    for (int tile = from - from % LANES; tile < to; tile += LANES) {
      int first = Math.max(from, tile);
      int end = Math.min(to, tile + LANES);
      count(first - tile, end - tile);
      putSparseLogits(block, tile);
      addLogits(tile);
      activate();
      findLargest();
      countUndecided();
      for (int r = first; r < end; r++) {
        judge(r, r - tile, block.labels[r], statistics);
      }
      subtractLargest();
      VectorLoops.exp(activations, classes * LANES);
      addUp();
      System.arraycopy(sums, first - tile, denominators, first, end - first);
      if (from < block.trainingRows) {
        putResiduals(tile, first, end, block.labels);
        if (block.sparseColumns.length > 0) {
          transposeResiduals(first, end);
        }
      }
    }
    countGates(to - from, statistics);
  }

  /** Lets the rows from … to − 1 of a tile count. */
  private void count(int from, int to) {
    if (to - from < LANES || counted[0] == 0 || counted[LANES - 1] == 0) {
      Arrays.fill(counted, 0);
      Arrays.fill(counted, from, to, 1);
    }
  }

  /** The sparse part of a tile's logits, with rows as lanes. */
  private void putSparseLogits(RowBlock block, int tile) {
    if (block.values.length == 0) {
      Arrays.fill(activations, 0);
      return;
    }
    for (int c = 0; c < classes; c++) {
      float[] chunk = logits[c / LANES];
      int from = tile * LANES + c % LANES;
      for (int i = 0; i < LANES; i++) {
        activations[c * LANES + i] = chunk[from + i * LANES];
      }
    }
  }

  /** Adds the dense part and the bias. */
  private void addLogits(int tile) {
    for (int c = 0; c < classes; c++) {
      FloatVector z =
          FloatVector.fromArray(FLOATS, denseLogits, c * RowBlock.ROWS + tile)
              .add(FloatVector.fromArray(FLOATS, activations, c * LANES));
      if (layer.bias()) {
        z = z.add(layer.weights()[features * classes + c]);
      }
      z.intoArray(activations, c * LANES);
    }
  }

  /** f(z) in place of z, and f'(z), which are 1 from the start. */
  private void activate() {
    switch (layer.activation()) {
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
    VectorLoops.exp(derivatives, classes * LANES);
    for (int at = 0; at < classes * LANES; at += LANES) {
      FloatVector z = FloatVector.fromArray(FLOATS, activations, at);
      FloatVector e = FloatVector.fromArray(FLOATS, derivatives, at);
      FloatVector reciprocal = one.div(e.add(1f));
      FloatVector tail = e.mul(reciprocal);
      tail.blend(reciprocal, z.compare(VectorOperators.GE, 0f)).intoArray(activations, at);
      tail.mul(reciprocal).intoArray(derivatives, at);
    }
  }

  private void countGates(int rows, RowStatistics statistics) {
    for (float count : undecided) {
      statistics.undecided += (long) count;
    }
    for (int c = 0; c < classes; c++) {
      if (layer.activation().isGate()) {
        for (int i = c * LANES; i < (c + 1) * LANES; i++) {
          statistics.active[c] += (long) open[i];
        }
      } else {
        statistics.active[c] += rows;
      }
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

  /** Holds one row's activations against its label. */
  private void judge(int r, int i, int label, RowStatistics statistics) {
    margins[r] = largest[i] - activations[label * LANES + i];
    if (predicted[i] == label) {
      statistics.correct++;
    }
  }

  /**
   * Counts the rows of a tile that the gate lets no class through on: behind it 0 means closed. In
   * lanes, not by a branch: a warm-up may see no such row, C2 then compiles the branch away, and
   * all of {@link #differentiate} anew when the first one comes.
   */
  private void countUndecided() {
    if (layer.activation().isGate()) {
      FloatVector counts = FloatVector.fromArray(FLOATS, counted, 0);
      VectorMask<Float> closed =
          FloatVector.fromArray(FLOATS, largest, 0).compare(VectorOperators.EQ, 0f);
      FloatVector.fromArray(FLOATS, undecided, 0).add(counts, closed).intoArray(undecided, 0);
    }
  }

  private void subtractLargest() {
    FloatVector most = FloatVector.fromArray(FLOATS, largest, 0);
    for (int at = 0; at < classes * LANES; at += LANES) {
      FloatVector.fromArray(FLOATS, activations, at).sub(most).intoArray(activations, at);
    }
  }

  /** Σ exp(f(z) − max f(z)) over the classes. */
  private void addUp() {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int at = 0; at < classes * LANES; at += LANES) {
      sum = FloatVector.fromArray(FLOATS, activations, at).add(sum);
    }
    sum.intoArray(sums, 0);
  }

  /** (P − onehot(y)) ⊙ f'(Z) of some rows of a tile; of others there something finite. */
  private void putResiduals(int tile, int from, int to, char[] labels) {
    FloatVector reciprocal =
        FloatVector.broadcast(FLOATS, 1f).div(FloatVector.fromArray(FLOATS, sums, 0));
    for (int c = 0; c < classes; c++) {
      FloatVector.fromArray(FLOATS, activations, c * LANES)
          .mul(reciprocal)
          .mul(FloatVector.fromArray(FLOATS, derivatives, c * LANES))
          .intoArray(residuals, c * RowBlock.ROWS + tile);
    }
    for (int r = from; r < to; r++) {
      int i = r - tile;
      int at = labels[r] * LANES + i;
      residuals[labels[r] * RowBlock.ROWS + r] =
          (activations[at] * (1 / sums[i]) - 1) * derivatives[at];
    }
  }

  /** The residuals of some rows with classes as lanes, for the sparse columns. */
  private void transposeResiduals(int from, int to) {
    for (int c = 0; c < classes; c++) {
      float[] chunk = logits[c / LANES];
      for (int r = from; r < to; r++) {
        chunk[r * LANES + c % LANES] = residuals[c * RowBlock.ROWS + r];
      }
    }
  }

  @Override
  void backward(RowBlock block, long[] gradient) {
    clearResiduals(block.trainingRows);
    backwardDense(block, gradient);
    backwardSparse(block, gradient);
  }

  private void backwardDense(RowBlock block, long[] gradient) {
    char[] columns = block.denseColumns;
    for (int first = 0; first < columns.length; first += PANEL) {
      int count = Math.min(PANEL, columns.length - first);
      for (int i = 0; i < count; i += TILE) {
        int tile = Math.min(TILE, count - i);
        sumDenseGradients(block, first + i, tile);
        joinStrands(tile * classes, i * classes);
      }
      addRounded(columns, first, count, gradient);
    }
  }

  private void backwardSparse(RowBlock block, long[] gradient) {
    char[] columns = block.sparseColumns;
    for (int first = 0; first < columns.length; first += PANEL) {
      int count = Math.min(PANEL, columns.length - first);
      sumSparseGradients(block, first, count);
      addRounded(columns, first, count, gradient);
    }
  }

  /** Puts 0 behind the training rows, as far as the dense columns' and the bias's sums reach. */
  private void clearResiduals(int trainingRows) {
    int end = (trainingRows + STRANDS - 1) / STRANDS * STRANDS;
    for (int c = 0; c < classes; c++) {
      Arrays.fill(residuals, c * RowBlock.ROWS + trainingRows, c * RowBlock.ROWS + end, 0);
    }
  }

  /** The strands of the gradients of a tile of dense columns. */
  private void sumDenseGradients(RowBlock block, int first, int count) {
    byte[] values = block.denseValues;
    int strip = block.denseColumns.length * RowBlock.STRIP;
    int rows = block.trainingRows;
    int distance = classes * STRANDS;
    // Groups downwards and columns upwards: so the padding is overwritten by what belongs there.
    for (int g = (groups - 1) / GROUPS_AT_ONCE * GROUPS_AT_ONCE; g >= 0; g -= GROUPS_AT_ONCE) {
      boolean two = GROUPS_AT_ONCE == 2 && g + 1 < groups;
      for (int h = 0; h < STRANDS; h += LANES) {
        int x = block.denseAt(first, 0) + h;
        int y = g * GROUP * RowBlock.ROWS + h;
        int to = g * GROUP * STRANDS + h;
        if (two) {
          VectorLoops.sumDenseGradientsOfTwo(
              values, x, count, strip, rows, residuals, y, strands, to, distance);
        } else {
          VectorLoops.sumDenseGradients(
              values, x, count, strip, rows, residuals, y, strands, to, distance);
        }
      }
    }
  }

  /** The gradients of a panel of sparse columns. */
  private void sumSparseGradients(RowBlock block, int first, int count) {
    // Chunks downwards and columns upwards, for the same reason.
    for (int v = (chunks - 1) / 2 * 2; v >= 0; v -= 2) {
      boolean two = v + 1 < chunks;
      for (int i = 0; i < count; i++) {
        int from = block.columnStart[first + i];
        int end = block.columnStart[first + i + 1];
        int to = i * classes + v * LANES;
        if (two) {
          VectorLoops.sumSparseGradientsOfTwo(
              block.rowsOfColumns,
              block.valuesOfColumns,
              from,
              end,
              logits[v],
              logits[v + 1],
              gradients,
              to);
        } else {
          VectorLoops.sumSparseGradients(
              block.rowsOfColumns, block.valuesOfColumns, from, end, logits[v], gradients, to);
        }
      }
    }
  }

  /**
   * Adds up the strands of so many entries of the gradient. Two vectors of strands are joined into
   * one: half of its lanes get the first one's sums of lanes at a distance, the other half the
   * second one's. So in the end each lane has another entry's sum, in order.
   */
  private void joinStrands(int count, int to) {
    for (int at = 0; at < count * STRANDS; at += LANES * STRANDS) {
      VectorLoops.joinToFour(strands, at);
    }
    for (int i = 0; i < count; i += LANES) {
      VectorLoops.joinFour(strands, i * STRANDS, gradients, to + i);
    }
  }

  @Override
  void backwardBias(int trainingRows, long[] gradient) {
    for (int first = 0; first < classes; first += TILE) {
      int count = Math.min(TILE, classes - first);
      for (int i = 0; i < count; i++) {
        for (int h = 0; h < STRANDS; h += LANES) {
          FloatVector sum = FloatVector.zero(FLOATS);
          int d = (first + i) * RowBlock.ROWS + h;
          for (int r = 0; r < trainingRows - h; r += STRANDS) {
            sum = sum.add(FloatVector.fromArray(FLOATS, residuals, d + r));
          }
          sum.intoArray(strands, i * STRANDS + h);
        }
      }
      joinStrands(count, first);
    }
    VectorLoops.addRounded(gradients, 0, classes, gradientScale, gradient, features * classes);
  }

  /** Rounds and adds the gradients of some columns, those that adjoin all at once. */
  private void addRounded(char[] columns, int first, int count, long[] gradient) {
    for (int i = 0; i < count; ) {
      int run = i + 1;
      while (run < count && columns[first + run] == columns[first + run - 1] + 1) {
        run++;
      }
      int to = columns[first + i] * classes;
      VectorLoops.addRounded(
          gradients, i * classes, (run - i) * classes, gradientScale, gradient, to);
      i = run;
    }
  }
}
