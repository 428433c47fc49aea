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
import jdk.incubator.vector.VectorSpecies;

/**
 * The block kernel in vectors: to the bit what {@link ScalarBlockKernel} gives, and the only class
 * that knows {@code jdk.incubator.vector}.
 *
 * <p>Sparse values and the gradient have classes as lanes, cut into chunks of {@code LANES}, the
 * last one padded with weights of 0. Dense columns' logits and the softmax have rows as lanes: none
 * is wasted on padding, and no sum runs across lanes. In between numbers are transposed.
 *
 * <p>What measurement taught: no vector is kept in a field or returned by a method too large to be
 * inlined, since that puts vectors on the heap (a factor of eleven). The loops over values are
 * methods of their own, which keeps their bounds and pointers in registers. They take as many rows
 * and columns at a time as it needs for their multiplications to bound them.
 */
final class VectorBlockKernel extends AbstractBlockKernel {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int LONG_LANES = LONGS.length();

  /** As many floats as a vector has doubles. */
  private static final VectorSpecies<Float> HALF_FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));

  /** The smallest vector of bytes that fills a vector of floats, or several. */
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(
          byte.class, VectorShape.forBitSize(Math.max(64, FLOATS.vectorBitSize() / Float.BYTES)));

  /** Dense columns whose gradients are summed side by side. */
  private static final int TILE = 8;

  /** Classes whose logits are summed side by side, over the dense columns of 2 · LANES rows. */
  private static final int GROUP = 5;

  /** From a panel's column to the next: no power of two, as a cache puts those into few places. */
  private static final int STRIDE = RowBlock.ROWS + 16;

  /** Columns whose unpacked values, or gradients, are held at a time: 256 kB. */
  private static final int PANEL = CHAIN;

  private final int chunks;
  private final int groups;

  /** For each chunk (F + 1 if bias) × LANES. */
  private final float[][] weights;

  /** For each group F × GROUP. */
  private final float[][] groupWeights;

  /**
   * For each chunk ROWS × LANES: the part of the logits that sparse columns give, then in its place
   * (P − onehot(y)) ⊙ f'(Z).
   */
  private final float[][] logits;

  /** C × ROWS: the part of the logits that dense columns give. */
  private final float[] denseLogits;

  /** PANEL × STRIDE: values of dense columns. */
  private final float[] panel = new float[(PANEL + TILE) * STRIDE];

  /** PANEL × C: the block's gradient by the weights of some columns. */
  private final float[] gradients;

  /** C × LANES, of a tile of rows: f(z), then in its place exp(f(z) − max f(z)), then P ⊙ f'(Z). */
  private final float[] activations;

  /** C × LANES: f'(z). */
  private final float[] derivatives;

  /** C × LANES: how many gates were open. */
  private final float[] open;

  /** Of each row of a tile: max f(z), which class has it first, Σ exp(f(z) − max f(z)). */
  private final float[] largest = new float[LANES];

  private final float[] predicted = new float[LANES];
  private final float[] sums = new float[LANES];

  /** Of each row of a tile the entry of (P − onehot(y)) ⊙ f'(Z) that onehot(y) isn't 0 in. */
  private final float[] gradientsOfLabels = new float[LANES];

  /** 1 for each row of a tile that counts, else 0. */
  private final float[] counted = new float[LANES];

  VectorBlockKernel(Layer layer) {
    super(layer);
    chunks = (classes + LANES - 1) / LANES;
    groups = (classes + GROUP - 1) / GROUP;
    weights = cut(LANES, chunks, layer.inputs());
    groupWeights = cut(GROUP, groups, features);
    logits = new float[chunks][RowBlock.ROWS * LANES];
    denseLogits = new float[groups * GROUP * RowBlock.ROWS];
    gradients = new float[(PANEL + TILE) * classes + LANES];
    activations = new float[classes * LANES];
    derivatives = new float[classes * LANES];
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
    int rows = block.rows();
    Arrays.fill(denseLogits, 0);
    for (int first = 0; first < block.denseColumns.length; first += PANEL) {
      int count = unpack(block, first);
      for (int r = 0; r < rows; r += 2 * LANES) {
        for (int g = 0; g < groups; g++) {
          int z = g * GROUP * RowBlock.ROWS + r;
          addDenseColumns(
              block.denseColumns, first, count, panel, r, groupWeights[g], denseLogits, z);
        }
      }
    }
    for (int v = 0; v < chunks; v++) {
      for (int r = 0; r < rows; r++) {
        sumNonZeros(
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

  /** Unpacks a panel of dense columns, from the given one on; how many they are. */
  private int unpack(RowBlock block, int first) {
    int count = Math.min(PANEL, block.denseColumns.length - first);
    for (int i = 0; i < count; i++) {
      int from = (first + i) * block.denseRows;
      unpack(block.denseValues, from, block.denseRows, panel, i * STRIDE);
    }
    return count;
  }

  private static void unpack(byte[] bytes, int from, int count, float[] floats, int to) {
    for (int r = 0; r < count; r += BYTES.length()) {
      ByteVector packed = ByteVector.fromArray(BYTES, bytes, from + r);
      floats(packed, 0).intoArray(floats, to + r);
      if (BYTES.length() > LANES) {
        floats(packed, 1).intoArray(floats, to + r + LANES);
      }
    }
  }

  private static FloatVector floats(ByteVector packed, int part) {
    IntVector signed = (IntVector) packed.convertShape(VectorOperators.B2I, INTS, part);
    return (FloatVector) signed.and(RowBlock.MAX_VALUE).convert(VectorOperators.I2F, 0);
  }

  /** Adds a panel's part of the logits of a group of classes, for two vectors of rows. */
  private static void addDenseColumns(
      char[] columns,
      int first,
      int count,
      float[] panel,
      int r,
      float[] weights,
      float[] logits,
      int z) {
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
    for (int i = 0; i < count; i++) {
      int x = i * STRIDE + r;
      FloatVector x0 = FloatVector.fromArray(FLOATS, panel, x);
      FloatVector x1 = FloatVector.fromArray(FLOATS, panel, x + LANES);
      int w = columns[first + i] * GROUP;
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
    add(a0, logits, z);
    add(b0, logits, z + LANES);
    add(a1, logits, z + RowBlock.ROWS);
    add(b1, logits, z + RowBlock.ROWS + LANES);
    add(a2, logits, z + 2 * RowBlock.ROWS);
    add(b2, logits, z + 2 * RowBlock.ROWS + LANES);
    add(a3, logits, z + 3 * RowBlock.ROWS);
    add(b3, logits, z + 3 * RowBlock.ROWS + LANES);
    add(a4, logits, z + 4 * RowBlock.ROWS);
    add(b4, logits, z + 4 * RowBlock.ROWS + LANES);
  }

  private static void add(FloatVector vector, float[] array, int at) {
    FloatVector.fromArray(FLOATS, array, at).add(vector).intoArray(array, at);
  }

  /** The part of one row's logits that its sparse columns give. */
  private static void sumNonZeros(
      char[] columns, byte[] values, int from, int end, float[] weights, float[] logits, int z) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = FloatVector.zero(FLOATS);
    FloatVector a2 = FloatVector.zero(FLOATS);
    FloatVector a3 = FloatVector.zero(FLOATS);
    for (int k = from; k < end; k += ACCUMULATORS) {
      a0 = times(values[k], weights, columns[k] * LANES, a0);
      a1 = times(values[k + 1], weights, columns[k + 1] * LANES, a1);
      a2 = times(values[k + 2], weights, columns[k + 2] * LANES, a2);
      a3 = times(values[k + 3], weights, columns[k + 3] * LANES, a3);
    }
    a0.add(a1).add(a2.add(a3)).intoArray(logits, z);
  }

  /** {@code value · vector + sum}, fused. */
  private static FloatVector times(float value, FloatVector vector, FloatVector sum) {
    return FloatVector.broadcast(FLOATS, value).fma(vector, sum);
  }

  /** {@code value · matrix[at …] + sum}, fused. */
  private static FloatVector times(byte value, float[] matrix, int at, FloatVector sum) {
    return times((float) (value & 255), FloatVector.fromArray(FLOATS, matrix, at), sum);
  }

  @Override
  void differentiate(RowBlock block, int from, int to, RowStatistics statistics) {
    Arrays.fill(open, 0);
    for (int tile = from - from % LANES; tile < to; tile += LANES) {
      int first = Math.max(from, tile);
      int end = Math.min(to, tile + LANES);
      count(first - tile, end - tile);
      transposeLogits(tile);
      activate(tile);
      for (int r = first; r < end; r++) {
        judge(r, r - tile, block.labels[r], statistics);
      }
      exponentiate();
      for (int r = first; r < end; r++) {
        int i = r - tile;
        int at = block.labels[r] * LANES + i;
        denominators[r] = sums[i];
        gradientsOfLabels[i] = (activations[at] * (1 / sums[i]) - 1) * derivatives[at];
      }
      normalize();
      transposeGradients(tile, first, end, block.labels);
    }
    for (int c = 0; c < classes; c++) {
      for (int i = c * LANES; i < (c + 1) * LANES; i++) {
        statistics.active[c] += (long) open[i];
      }
    }
  }

  /** Lets the rows from … to − 1 of a tile count. */
  private void count(int from, int to) {
    if (to - from < LANES || counted[0] == 0 || counted[LANES - 1] == 0) {
      Arrays.fill(counted, 0);
      Arrays.fill(counted, from, to, 1);
    }
  }

  /** The sparse part of a tile's logits, with rows as lanes. */
  private void transposeLogits(int tile) {
    for (int c = 0; c < classes; c++) {
      float[] chunk = logits[c / LANES];
      int from = tile * LANES + c % LANES;
      for (int i = 0; i < LANES; i++) {
        activations[c * LANES + i] = chunk[from + i * LANES];
      }
    }
  }

  /** f(z), f'(z), the largest f(z) and whose it is; counts open gates. */
  private void activate(int tile) {
    FloatVector most = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    FloatVector best = FloatVector.zero(FLOATS);
    FloatVector zero = FloatVector.zero(FLOATS);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int c = 0; c < classes; c++) {
      int at = c * LANES;
      FloatVector z =
          FloatVector.fromArray(FLOATS, denseLogits, c * RowBlock.ROWS + tile)
              .add(FloatVector.fromArray(FLOATS, activations, at));
      if (layer.bias()) {
        z = z.add(layer.weights()[features * classes + c]);
      }
      FloatVector activation;
      FloatVector derivative;
      FloatVector isOpen = one;
      switch (layer.activation()) {
        case RELU -> {
          VectorMask<Float> positive = z.compare(VectorOperators.GT, 0f);
          activation = zero.blend(z, positive);
          derivative = zero.blend(one, positive);
          isOpen = derivative;
        }
        case IDENTITY -> {
          activation = z;
          derivative = one;
        }
        default -> {
          FloatVector e = exp(z.abs().neg());
          FloatVector reciprocal = one.div(e.add(1f));
          FloatVector tail = e.mul(reciprocal);
          activation = tail.blend(reciprocal, z.compare(VectorOperators.GE, 0f));
          derivative = tail.mul(reciprocal);
        }
      }
      activation.intoArray(activations, at);
      derivative.intoArray(derivatives, at);
      isOpen
          .fma(FloatVector.fromArray(FLOATS, counted, 0), FloatVector.fromArray(FLOATS, open, at))
          .intoArray(open, at);
      VectorMask<Float> isMore = activation.compare(VectorOperators.GT, most);
      most = most.blend(activation, isMore);
      best = best.blend(c, isMore);
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

  /** exp(f(z) − max f(z)) and its sum over the classes. */
  private void exponentiate() {
    FloatVector most = FloatVector.fromArray(FLOATS, largest, 0);
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int at = 0; at < classes * LANES; at += LANES) {
      FloatVector e = exp(FloatVector.fromArray(FLOATS, activations, at).sub(most));
      e.intoArray(activations, at);
      sum = sum.add(e);
    }
    sum.intoArray(sums, 0);
  }

  /** P ⊙ f'(Z). */
  private void normalize() {
    FloatVector reciprocal =
        FloatVector.broadcast(FLOATS, 1f).div(FloatVector.fromArray(FLOATS, sums, 0));
    for (int at = 0; at < classes * LANES; at += LANES) {
      FloatVector.fromArray(FLOATS, activations, at)
          .mul(reciprocal)
          .mul(FloatVector.fromArray(FLOATS, derivatives, at))
          .intoArray(activations, at);
    }
  }

  /** P ⊙ f'(Z) of some rows of a tile, with classes as lanes again, and what labels differ in. */
  private void transposeGradients(int tile, int from, int to, char[] labels) {
    for (int c = 0; c < classes; c++) {
      float[] chunk = logits[c / LANES];
      for (int r = from; r < to; r++) {
        chunk[r * LANES + c % LANES] = activations[c * LANES + r - tile];
      }
    }
    for (int r = from; r < to; r++) {
      logits[labels[r] / LANES][r * LANES + labels[r] % LANES] = gradientsOfLabels[r - tile];
    }
  }

  /** {@link FloatExp#of}, lane by lane. */
  private static FloatVector exp(FloatVector x) {
    FloatVector shifted =
        x.fma(
            FloatVector.broadcast(FLOATS, FloatExp.LOG2_E),
            FloatVector.broadcast(FLOATS, FloatExp.ROUNDER));
    FloatVector n = shifted.sub(FloatExp.ROUNDER);
    FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -FloatExp.LN2_HIGH), x);
    r = n.fma(FloatVector.broadcast(FLOATS, -FloatExp.LN2_LOW), r);
    FloatVector p =
        r.fma(
            FloatVector.broadcast(FLOATS, FloatExp.C7), FloatVector.broadcast(FLOATS, FloatExp.C6));
    p = p.fma(r, FloatVector.broadcast(FLOATS, FloatExp.C5));
    p = p.fma(r, FloatVector.broadcast(FLOATS, FloatExp.C4));
    p = p.fma(r, FloatVector.broadcast(FLOATS, FloatExp.C3));
    p = p.fma(r, FloatVector.broadcast(FLOATS, FloatExp.C2));
    p = p.fma(r.mul(r), r).add(1f);
    IntVector exponent = shifted.reinterpretAsInts().sub(FloatExp.ROUNDER_BITS).add(127);
    FloatVector power = exponent.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    return p.mul(power).blend(0f, x.compare(VectorOperators.LT, FloatExp.UNDERFLOW));
  }

  @Override
  void backward(RowBlock block, long[] gradient) {
    char[] dense = block.denseColumns;
    for (int first = 0; first < dense.length; first += PANEL) {
      // The forward pass has left the last panel unpacked.
      int count = dense.length > PANEL ? unpack(block, first) : dense.length;
      // Chunks downwards and columns upwards: so the padding is overwritten by what belongs there.
      for (int v = chunks - 1; v >= 0; v--) {
        for (int i = 0; i < count; i += TILE) {
          int to = i * classes + v * LANES;
          sumDenseColumns(panel, i, block.trainingRows, logits[v], gradients, to, classes);
        }
      }
      addRounded(dense, first, count, gradient);
    }
    char[] sparse = block.sparseColumns;
    for (int first = 0; first < sparse.length; first += PANEL) {
      int count = Math.min(PANEL, sparse.length - first);
      for (int v = chunks - 1; v >= 0; v--) {
        for (int i = 0; i < count; i++) {
          sumNonZeros(
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

  /** The gradients of a tile of dense columns, put down at a distance from one another. */
  private static void sumDenseColumns(
      float[] panel, int i, int rows, float[] logits, float[] gradients, int to, int distance) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = FloatVector.zero(FLOATS);
    FloatVector a2 = FloatVector.zero(FLOATS);
    FloatVector a3 = FloatVector.zero(FLOATS);
    FloatVector a4 = FloatVector.zero(FLOATS);
    FloatVector a5 = FloatVector.zero(FLOATS);
    FloatVector a6 = FloatVector.zero(FLOATS);
    FloatVector a7 = FloatVector.zero(FLOATS);
    for (int r = 0; r < rows; r++) {
      FloatVector d = FloatVector.fromArray(FLOATS, logits, r * LANES);
      int x = i * STRIDE + r;
      a0 = times(panel[x], d, a0);
      a1 = times(panel[x + STRIDE], d, a1);
      a2 = times(panel[x + 2 * STRIDE], d, a2);
      a3 = times(panel[x + 3 * STRIDE], d, a3);
      a4 = times(panel[x + 4 * STRIDE], d, a4);
      a5 = times(panel[x + 5 * STRIDE], d, a5);
      a6 = times(panel[x + 6 * STRIDE], d, a6);
      a7 = times(panel[x + 7 * STRIDE], d, a7);
    }
    a0.intoArray(gradients, to);
    a1.intoArray(gradients, to + distance);
    a2.intoArray(gradients, to + 2 * distance);
    a3.intoArray(gradients, to + 3 * distance);
    a4.intoArray(gradients, to + 4 * distance);
    a5.intoArray(gradients, to + 5 * distance);
    a6.intoArray(gradients, to + 6 * distance);
    a7.intoArray(gradients, to + 7 * distance);
  }

  /** The gradient of one sparse column. */
  private static void sumNonZeros(
      byte[] rows, byte[] values, int from, int end, float[] logits, float[] gradients, int to) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = FloatVector.zero(FLOATS);
    FloatVector a2 = FloatVector.zero(FLOATS);
    FloatVector a3 = FloatVector.zero(FLOATS);
    for (int k = from; k < end; k += ACCUMULATORS) {
      a0 = times(values[k], logits, (rows[k] & 255) * LANES, a0);
      a1 = times(values[k + 1], logits, (rows[k + 1] & 255) * LANES, a1);
      a2 = times(values[k + 2], logits, (rows[k + 2] & 255) * LANES, a2);
      a3 = times(values[k + 3], logits, (rows[k + 3] & 255) * LANES, a3);
    }
    a0.add(a1).add(a2.add(a3)).intoArray(gradients, to);
  }

  @Override
  void backwardBias(int trainingRows, long[] gradient) {
    for (int v = chunks - 1; v >= 0; v--) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int r = 0; r < trainingRows; r++) {
        sum = sum.add(FloatVector.fromArray(FLOATS, logits[v], r * LANES));
      }
      sum.intoArray(gradients, v * LANES);
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
      FloatVector g = FloatVector.fromArray(HALF_FLOATS, gradients, from + i);
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
