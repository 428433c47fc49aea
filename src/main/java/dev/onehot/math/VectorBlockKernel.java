package dev.onehot.math;

import java.util.Arrays;
import java.util.function.Function;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The block kernel in vectors: to the bit what {@link ScalarBlockKernel} gives, and the only class
 * that knows {@code jdk.incubator.vector}.
 *
 * <p>Dense columns and the softmax have rows as lanes: none is wasted on padding. A gradient's sums
 * over rows are so many strands, which are added up across lanes in the end, in the prescribed
 * order. Sparse columns have classes as lanes, cut into chunks of {@code LANES}, the last one
 * padded with weights of 0. In between numbers are transposed.
 *
 * <p>What measurement taught, with Java 17. The loops over values are methods of their own, which
 * keeps their bounds and pointers in registers, and take as many rows, columns and classes at a
 * time as it needs for their multiplications to bound them. Vectors stay off the heap (a factor of
 * six) only if
 *
 * <ul>
 *   <li>none is in a field, nor an argument or result of a method that isn't inlined. Every method
 *       that C2 compiles by itself has a budget for inlining, of some sixty operations. So the
 *       large loops use none of our own methods but at their beginning, and are too large to be
 *       inlined themselves;
 *   <li>all vectors of floats are of one shape. After a loop C2 knows that a variable is some
 *       {@code FloatVector}; it stores it only if its profile has never seen another shape's.
 * </ul>
 */
final class VectorBlockKernel extends AbstractBlockKernel {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int LONG_LANES = LONGS.length();

  /** The smallest vector of bytes that fills a vector of floats, or several. */
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(
          byte.class, VectorShape.forBitSize(Math.max(64, FLOATS.vectorBitSize() / Float.BYTES)));

  /** Classes whose logits, or gradients, are summed side by side. */
  private static final int GROUP = 5;

  /** Dense columns whose gradients' partial sums are held at a time. */
  private static final int TILE = 15;

  /** Columns whose gradients are held at a time. */
  private static final int PANEL = 256;

  private static final VectorMask<Float> EIGHTS = lanesWith(8);
  private static final VectorMask<Float> FOURS = lanesWith(4);
  private static final VectorMask<Float> TWOS = lanesWith(2);
  private static final VectorMask<Float> ONES = lanesWith(1);
  private static final VectorShuffle<Float> BY_EIGHT = swap(8);
  private static final VectorShuffle<Float> BY_FOUR = swap(4);
  private static final VectorShuffle<Float> BY_TWO = swap(2);
  private static final VectorShuffle<Float> BY_ONE = swap(1);

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

  /** F × GROUP: the weights of a block's dense columns alone, for a group of classes. */
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
    denseWeights = new float[features * GROUP];
    denseLogits = new float[groups * GROUP * RowBlock.ROWS];
    residuals = new float[groups * GROUP * RowBlock.ROWS];
    strands = new float[((TILE + 3) * classes + GROUP + LANES) * STRANDS];
    gradients = new float[(PANEL + 1) * classes + LANES];
    activations = new float[classes * LANES];
    derivatives = new float[classes * LANES];
    Arrays.fill(derivatives, 1);
    open = new float[classes * LANES];
  }

  private static VectorMask<Float> lanesWith(int bit) {
    boolean[] lanes = new boolean[LANES];
    for (int i = 0; i < LANES; i++) {
      lanes[i] = (i & bit) != 0;
    }
    return VectorMask.fromArray(FLOATS, lanes, 0);
  }

  private static VectorShuffle<Float> swap(int bit) {
    return VectorShuffle.fromOp(FLOATS, i -> (i ^ bit) % LANES);
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
    int rows = block.rows();
    for (int g = 0; g < groups; g++) {
      gatherWeights(block.denseColumns, groupWeights[g]);
      for (int r = 0; r < rows; r += 2 * LANES) {
        sumDenseLogits(
            block.denseValues,
            block.denseAt(0, r),
            denseWeights,
            block.denseColumns.length * GROUP,
            denseLogits,
            g * GROUP * RowBlock.ROWS + r);
      }
    }
    for (int v = 0; v < chunks; v++) {
      for (int r = 0; r < rows; r++) {
        sumSparseLogits(
            block.columns,
            block.values,
            block.rowStart[r],
            block.rowStart[r + 1],
            weights[v],
            logits[v],
            r * LANES);
      }
    }
  }

  /** As many values of a dense column as a vector has lanes. */
  private static FloatVector floats(byte[] bytes, int at) {
    ByteVector packed = ByteVector.fromArray(BYTES, bytes, at);
    IntVector signed = (IntVector) packed.convertShape(VectorOperators.B2I, INTS, 0);
    return (FloatVector) signed.and(RowBlock.MAX_VALUE).convert(VectorOperators.I2F, 0);
  }

  /** Puts the weights of some columns side by side, those of adjoining ones all at once. */
  private void gatherWeights(char[] columns, float[] weights) {
    for (int i = 0; i < columns.length; ) {
      int run = i + 1;
      while (run < columns.length && columns[run] == columns[run - 1] + 1) {
        run++;
      }
      System.arraycopy(weights, columns[i] * GROUP, denseWeights, i * GROUP, (run - i) * GROUP);
      i = run;
    }
  }

  /** Dense columns' part of the logits of a group of classes, in 2 · LANES rows. */
  private static void sumDenseLogits(
      byte[] values, int x, float[] weights, int end, float[] logits, int z) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector b0 = FloatVector.zero(FLOATS);
    FloatVector a1 = FloatVector.zero(FLOATS);
    FloatVector b1 = FloatVector.zero(FLOATS);
    FloatVector a2 = FloatVector.zero(FLOATS);
    FloatVector b2 = FloatVector.zero(FLOATS);
    FloatVector a3 = FloatVector.zero(FLOATS);
    FloatVector b3 = FloatVector.zero(FLOATS);
    FloatVector a4 = FloatVector.zero(FLOATS);
    FloatVector b4 = FloatVector.zero(FLOATS);
    for (int w = 0; w < end; w += GROUP) {
      FloatVector x0 = floats(values, x);
      FloatVector x1 = floats(values, x + LANES);
      x += RowBlock.STRIP;
      FloatVector w0 = FloatVector.broadcast(FLOATS, weights[w]);
      a0 = x0.fma(w0, a0);
      b0 = x1.fma(w0, b0);
      FloatVector w1 = FloatVector.broadcast(FLOATS, weights[w + 1]);
      a1 = x0.fma(w1, a1);
      b1 = x1.fma(w1, b1);
      FloatVector w2 = FloatVector.broadcast(FLOATS, weights[w + 2]);
      a2 = x0.fma(w2, a2);
      b2 = x1.fma(w2, b2);
      FloatVector w3 = FloatVector.broadcast(FLOATS, weights[w + 3]);
      a3 = x0.fma(w3, a3);
      b3 = x1.fma(w3, b3);
      FloatVector w4 = FloatVector.broadcast(FLOATS, weights[w + 4]);
      a4 = x0.fma(w4, a4);
      b4 = x1.fma(w4, b4);
    }
    a0.intoArray(logits, z);
    b0.intoArray(logits, z + LANES);
    a1.intoArray(logits, z + RowBlock.ROWS);
    b1.intoArray(logits, z + RowBlock.ROWS + LANES);
    a2.intoArray(logits, z + 2 * RowBlock.ROWS);
    b2.intoArray(logits, z + 2 * RowBlock.ROWS + LANES);
    a3.intoArray(logits, z + 3 * RowBlock.ROWS);
    b3.intoArray(logits, z + 3 * RowBlock.ROWS + LANES);
    a4.intoArray(logits, z + 4 * RowBlock.ROWS);
    b4.intoArray(logits, z + 4 * RowBlock.ROWS + LANES);
  }

  /** The part of one row's logits that its sparse columns give. */
  private static void sumSparseLogits(
      char[] columns, byte[] values, int from, int end, float[] weights, float[] logits, int z) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = FloatVector.zero(FLOATS);
    FloatVector a2 = FloatVector.zero(FLOATS);
    FloatVector a3 = FloatVector.zero(FLOATS);
    for (int k = from; k < end; k += ACCUMULATORS) {
      a0 =
          FloatVector.broadcast(FLOATS, (float) (values[k] & 255))
              .fma(FloatVector.fromArray(FLOATS, weights, columns[k] * LANES), a0);
      a1 =
          FloatVector.broadcast(FLOATS, (float) (values[k + 1] & 255))
              .fma(FloatVector.fromArray(FLOATS, weights, columns[k + 1] * LANES), a1);
      a2 =
          FloatVector.broadcast(FLOATS, (float) (values[k + 2] & 255))
              .fma(FloatVector.fromArray(FLOATS, weights, columns[k + 2] * LANES), a2);
      a3 =
          FloatVector.broadcast(FLOATS, (float) (values[k + 3] & 255))
              .fma(FloatVector.fromArray(FLOATS, weights, columns[k + 3] * LANES), a3);
    }
    a0.add(a1).add(a2.add(a3)).intoArray(logits, z);
  }

  @Override
  void differentiate(RowBlock block, int from, int to, RowStatistics statistics) {
    Arrays.fill(open, 0);
    for (int tile = from - from % LANES; tile < to; tile += LANES) {
      int first = Math.max(from, tile);
      int end = Math.min(to, tile + LANES);
      count(first - tile, end - tile);
      putSparseLogits(block, tile);
      addLogits(tile);
      activate();
      findLargest();
      for (int r = first; r < end; r++) {
        judge(r, r - tile, block.labels[r], statistics);
      }
      subtractLargest();
      exp(activations, classes * LANES);
      addUp();
      System.arraycopy(sums, first - tile, denominators, first, end - first);
      if (from < block.trainingRows) {
        putResiduals(tile, first, end, block.labels);
        if (block.sparseColumns.length > 0) {
          transposeResiduals(first, end);
        }
      }
    }
    countOpen(to - from, statistics);
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
    exp(derivatives, classes * LANES);
    for (int at = 0; at < classes * LANES; at += LANES) {
      FloatVector z = FloatVector.fromArray(FLOATS, activations, at);
      FloatVector e = FloatVector.fromArray(FLOATS, derivatives, at);
      FloatVector reciprocal = one.div(e.add(1f));
      FloatVector tail = e.mul(reciprocal);
      tail.blend(reciprocal, z.compare(VectorOperators.GE, 0f)).intoArray(activations, at);
      tail.mul(reciprocal).intoArray(derivatives, at);
    }
  }

  private void countOpen(int rows, RowStatistics statistics) {
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
    // Behind the gate 0 means closed.
    if (largest[i] == 0 && layer.activation().isGate()) {
      statistics.undecided++;
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

  /**
   * {@link FloatExp#of} of an array, in place.
   *
   * @param end a multiple of LANES
   */
  private static void exp(float[] array, int end) {
    FloatVector log2E = FloatVector.broadcast(FLOATS, FloatExp.LOG2_E);
    FloatVector rounder = FloatVector.broadcast(FLOATS, FloatExp.ROUNDER);
    FloatVector minusLn2High = FloatVector.broadcast(FLOATS, -FloatExp.LN2_HIGH);
    FloatVector minusLn2Low = FloatVector.broadcast(FLOATS, -FloatExp.LN2_LOW);
    FloatVector c7 = FloatVector.broadcast(FLOATS, FloatExp.C7);
    FloatVector c6 = FloatVector.broadcast(FLOATS, FloatExp.C6);
    FloatVector c5 = FloatVector.broadcast(FLOATS, FloatExp.C5);
    FloatVector c4 = FloatVector.broadcast(FLOATS, FloatExp.C4);
    FloatVector c3 = FloatVector.broadcast(FLOATS, FloatExp.C3);
    FloatVector c2 = FloatVector.broadcast(FLOATS, FloatExp.C2);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector underflow = FloatVector.broadcast(FLOATS, FloatExp.UNDERFLOW);
    // What the exponent of 1 needs, and what the rounder has left of itself.
    IntVector bias = IntVector.broadcast(INTS, 127 - FloatExp.ROUNDER_BITS);
    for (int at = 0; at < end; at += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, array, at);
      FloatVector shifted = x.fma(log2E, rounder);
      FloatVector n = shifted.sub(rounder);
      FloatVector r = n.fma(minusLn2Low, n.fma(minusLn2High, x));
      FloatVector p = r.fma(c7, c6).fma(r, c5).fma(r, c4).fma(r, c3).fma(r, c2);
      p = p.fma(r.mul(r), r).add(one);
      IntVector exponent = shifted.reinterpretAsInts().add(bias);
      FloatVector power = exponent.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      p.mul(power).blend(zero, x.compare(VectorOperators.LT, underflow)).intoArray(array, at);
    }
  }

  @Override
  void backward(RowBlock block, long[] gradient) {
    clearResiduals(block.trainingRows);
    char[] dense = block.denseColumns;
    for (int first = 0; first < dense.length; first += PANEL) {
      int count = Math.min(PANEL, dense.length - first);
      for (int i = 0; i < count; i += TILE) {
        int columns = Math.min(TILE, count - i);
        sumDenseGradients(block, first + i, columns);
        joinStrands(columns * classes, i * classes);
      }
      addRounded(dense, first, count, gradient);
    }
    char[] sparse = block.sparseColumns;
    for (int first = 0; first < sparse.length; first += PANEL) {
      int count = Math.min(PANEL, sparse.length - first);
      for (int v = chunks - 1; v >= 0; v--) {
        for (int i = 0; i < count; i++) {
          sumSparseGradients(
              block.rowsOfColumns,
              block.valuesOfColumns,
              block.columnStart[first + i],
              block.columnStart[first + i + 1],
              logits[v],
              gradients,
              i * classes + v * LANES);
        }
      }
      addRounded(sparse, first, count, gradient);
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
    // Groups downwards and columns upwards: so the padding is overwritten by what belongs there.
    for (int g = groups - 1; g >= 0; g--) {
      for (int h = 0; h < STRANDS; h += LANES) {
        sumDenseGradients(
            block.denseValues,
            block.denseAt(first, 0) + h,
            count,
            block.denseColumns.length * RowBlock.STRIP,
            block.trainingRows,
            residuals,
            g * GROUP * RowBlock.ROWS + h,
            strands,
            g * GROUP * STRANDS + h,
            classes * STRANDS);
      }
    }
  }

  /** Strands of the gradients of dense columns, three at a time, by the weights of some classes. */
  private static void sumDenseGradients(
      byte[] values,
      int from,
      int count,
      int strip,
      int rows,
      float[] residuals,
      int y,
      float[] strands,
      int to,
      int distance) {
    FloatVector zero = FloatVector.zero(FLOATS);
    for (int i = 0; i < count; i += 3, to += 3 * distance) {
      // Where there are no three any more, the last one is summed again, to where nobody looks.
      int atA = from + i * RowBlock.STRIP;
      int atB = from + Math.min(i + 1, count - 1) * RowBlock.STRIP;
      int atC = from + Math.min(i + 2, count - 1) * RowBlock.STRIP;
      FloatVector a0 = zero;
      FloatVector b0 = zero;
      FloatVector c0 = zero;
      FloatVector a1 = zero;
      FloatVector b1 = zero;
      FloatVector c1 = zero;
      FloatVector a2 = zero;
      FloatVector b2 = zero;
      FloatVector c2 = zero;
      FloatVector a3 = zero;
      FloatVector b3 = zero;
      FloatVector c3 = zero;
      FloatVector a4 = zero;
      FloatVector b4 = zero;
      FloatVector c4 = zero;
      for (int r = 0, x = 0; r < rows; r += STRANDS) {
        FloatVector a = floats(values, atA + x);
        FloatVector b = floats(values, atB + x);
        FloatVector c = floats(values, atC + x);
        FloatVector y0 = FloatVector.fromArray(FLOATS, residuals, y + r);
        a0 = a.fma(y0, a0);
        b0 = b.fma(y0, b0);
        c0 = c.fma(y0, c0);
        FloatVector y1 = FloatVector.fromArray(FLOATS, residuals, y + r + RowBlock.ROWS);
        a1 = a.fma(y1, a1);
        b1 = b.fma(y1, b1);
        c1 = c.fma(y1, c1);
        FloatVector y2 = FloatVector.fromArray(FLOATS, residuals, y + r + 2 * RowBlock.ROWS);
        a2 = a.fma(y2, a2);
        b2 = b.fma(y2, b2);
        c2 = c.fma(y2, c2);
        FloatVector y3 = FloatVector.fromArray(FLOATS, residuals, y + r + 3 * RowBlock.ROWS);
        a3 = a.fma(y3, a3);
        b3 = b.fma(y3, b3);
        c3 = c.fma(y3, c3);
        FloatVector y4 = FloatVector.fromArray(FLOATS, residuals, y + r + 4 * RowBlock.ROWS);
        a4 = a.fma(y4, a4);
        b4 = b.fma(y4, b4);
        c4 = c.fma(y4, c4);
        x += (r & STRANDS) == 0 ? STRANDS : strip - STRANDS;
      }
      a0.intoArray(strands, to);
      a1.intoArray(strands, to + STRANDS);
      a2.intoArray(strands, to + 2 * STRANDS);
      a3.intoArray(strands, to + 3 * STRANDS);
      a4.intoArray(strands, to + 4 * STRANDS);
      b0.intoArray(strands, to + distance);
      b1.intoArray(strands, to + distance + STRANDS);
      b2.intoArray(strands, to + distance + 2 * STRANDS);
      b3.intoArray(strands, to + distance + 3 * STRANDS);
      b4.intoArray(strands, to + distance + 4 * STRANDS);
      c0.intoArray(strands, to + 2 * distance);
      c1.intoArray(strands, to + 2 * distance + STRANDS);
      c2.intoArray(strands, to + 2 * distance + 2 * STRANDS);
      c3.intoArray(strands, to + 2 * distance + 3 * STRANDS);
      c4.intoArray(strands, to + 2 * distance + 4 * STRANDS);
    }
  }

  /**
   * Adds up the strands of so many entries of the gradient. Two vectors of strands are joined into
   * one: half of its lanes get the first one's sums of lanes at a distance, the other half the
   * second one's. So in the end each lane has another entry's sum, in order.
   */
  private void joinStrands(int count, int to) {
    for (int at = 0; at < count * STRANDS; at += LANES * STRANDS) {
      joinToFour(strands, at);
    }
    for (int i = 0; i < count; i += LANES) {
      joinFour(strands, i * STRANDS, gradients, to + i);
    }
  }

  /** Joins the strands of LANES entries until four vectors are left, in place of the first four. */
  private static void joinToFour(float[] strands, int from) {
    for (int at = from; at < from + 4 * STRANDS; at += STRANDS) {
      FloatVector sums;
      if (LANES == 16) {
        FloatVector a = FloatVector.fromArray(FLOATS, strands, at);
        FloatVector b = FloatVector.fromArray(FLOATS, strands, at + 4 * STRANDS);
        FloatVector c = FloatVector.fromArray(FLOATS, strands, at + 8 * STRANDS);
        FloatVector d = FloatVector.fromArray(FLOATS, strands, at + 12 * STRANDS);
        FloatVector ac = a.blend(c, EIGHTS).add(c.blend(a, EIGHTS).rearrange(BY_EIGHT));
        FloatVector bd = b.blend(d, EIGHTS).add(d.blend(b, EIGHTS).rearrange(BY_EIGHT));
        sums = ac.blend(bd, FOURS).add(bd.blend(ac, FOURS).rearrange(BY_FOUR));
      } else if (LANES == 8) {
        FloatVector a = FloatVector.fromArray(FLOATS, strands, at);
        FloatVector b = FloatVector.fromArray(FLOATS, strands, at + 4 * STRANDS);
        a = a.add(FloatVector.fromArray(FLOATS, strands, at + 8));
        b = b.add(FloatVector.fromArray(FLOATS, strands, at + 4 * STRANDS + 8));
        sums = a.blend(b, FOURS).add(b.blend(a, FOURS).rearrange(BY_FOUR));
      } else {
        FloatVector a = FloatVector.fromArray(FLOATS, strands, at);
        FloatVector b = FloatVector.fromArray(FLOATS, strands, at + 4);
        a = a.add(FloatVector.fromArray(FLOATS, strands, at + 8));
        b = b.add(FloatVector.fromArray(FLOATS, strands, at + 12));
        sums = a.add(b);
      }
      sums.intoArray(strands, at);
    }
  }

  private static void joinFour(float[] strands, int at, float[] gradients, int to) {
    FloatVector a = FloatVector.fromArray(FLOATS, strands, at);
    FloatVector b = FloatVector.fromArray(FLOATS, strands, at + STRANDS);
    FloatVector c = FloatVector.fromArray(FLOATS, strands, at + 2 * STRANDS);
    FloatVector d = FloatVector.fromArray(FLOATS, strands, at + 3 * STRANDS);
    FloatVector ac = a.blend(c, TWOS).add(c.blend(a, TWOS).rearrange(BY_TWO));
    FloatVector bd = b.blend(d, TWOS).add(d.blend(b, TWOS).rearrange(BY_TWO));
    ac.blend(bd, ONES).add(bd.blend(ac, ONES).rearrange(BY_ONE)).intoArray(gradients, to);
  }

  /** The gradient of one sparse column. */
  private static void sumSparseGradients(
      byte[] rows, byte[] values, int from, int end, float[] logits, float[] gradients, int to) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = FloatVector.zero(FLOATS);
    FloatVector a2 = FloatVector.zero(FLOATS);
    FloatVector a3 = FloatVector.zero(FLOATS);
    for (int k = from; k < end; k += ACCUMULATORS) {
      a0 =
          FloatVector.broadcast(FLOATS, (float) (values[k] & 255))
              .fma(FloatVector.fromArray(FLOATS, logits, (rows[k] & 255) * LANES), a0);
      a1 =
          FloatVector.broadcast(FLOATS, (float) (values[k + 1] & 255))
              .fma(FloatVector.fromArray(FLOATS, logits, (rows[k + 1] & 255) * LANES), a1);
      a2 =
          FloatVector.broadcast(FLOATS, (float) (values[k + 2] & 255))
              .fma(FloatVector.fromArray(FLOATS, logits, (rows[k + 2] & 255) * LANES), a2);
      a3 =
          FloatVector.broadcast(FLOATS, (float) (values[k + 3] & 255))
              .fma(FloatVector.fromArray(FLOATS, logits, (rows[k + 3] & 255) * LANES), a3);
    }
    a0.add(a1).add(a2.add(a3)).intoArray(gradients, to);
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
    addRounded(gradients, 0, classes, gradientScale, gradient, features * classes);
  }

  /** Rounds and adds the gradients of some columns, those that adjoin all at once. */
  private void addRounded(char[] columns, int first, int count, long[] gradient) {
    for (int i = 0; i < count; ) {
      int run = i + 1;
      while (run < count && columns[first + run] == columns[first + run - 1] + 1) {
        run++;
      }
      int to = columns[first + i] * classes;
      addRounded(gradients, i * classes, (run - i) * classes, gradientScale, gradient, to);
      i = run;
    }
  }

  private static void addRounded(
      float[] gradients, int from, int count, double scale, long[] sum, int to) {
    int i = 0;
    for (; i <= count - LONG_LANES; i += LONG_LANES) {
      // Of which the conversion takes the first half.
      FloatVector g = FloatVector.fromArray(FLOATS, gradients, from + i);
      DoubleVector scaled =
          ((DoubleVector) g.convertShape(VectorOperators.F2D, DOUBLES, 0)).mul(scale);
      if (!scaled.abs().compare(VectorOperators.LE, FixedPoint.LARGEST_TERM).allTrue()) {
        throw new ArithmeticException("out of the fixed-point range: " + scaled);
      }
      scaled
          .add(FixedPoint.ROUNDER)
          .reinterpretAsLongs()
          .sub(FixedPoint.ROUNDER_BITS)
          .add(LongVector.fromArray(LONGS, sum, to + i))
          .intoArray(sum, to + i);
    }
    for (; i < count; i++) {
      sum[to + i] += FixedPoint.roundScaled(gradients[from + i] * scale);
    }
  }
}
