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
 * The block kernel with classes as vector lanes: to the bit what {@link ScalarBlockKernel} gives,
 * and the only class that knows {@code jdk.incubator.vector}.
 *
 * <p>Classes are cut into chunks of {@code LANES}, the last one padded. A padding lane has weights
 * of 0 and an activation of −∞, so its probability and its gradient are 0.
 *
 * <p>What measurement taught: no vector is kept in a field or returned by a method too large to be
 * inlined, since that puts vectors on the heap (a factor of eleven). The loops over values are
 * methods of their own, which keeps their bounds and pointers in registers. A tile of eight dense
 * rows or columns shares each load of a vector of weights, and is bound by its multiplications.
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

  /** Dense rows or columns that are summed side by side. */
  private static final int TILE = 8;

  /** Columns whose unpacked values, or gradients, are held at a time: 256 kB. */
  private static final int PANEL = CHAIN;

  private final int chunks;

  /** Classes, padded to whole vectors. */
  private final int padded;

  /** For each chunk (F + 1 if bias) × LANES. */
  private final float[][] weights;

  /** For each chunk ROWS × LANES: logits, then in their place (P − onehot(y)) ⊙ f'(Z). */
  private final float[][] logits;

  /** PANEL × ROWS: values of dense columns. */
  private final float[] panel = new float[(PANEL + TILE) * RowBlock.ROWS];

  /** PANEL × C: the block's gradient by the weights of some columns. */
  private final float[] gradients;

  /** 0 for a class, −∞ for padding. */
  private final float[] padding;

  private final float[] activations;
  private final float[] derivatives;

  /** Open gates of each class, over the rows at hand. */
  private final float[] open;

  VectorBlockKernel(Layer layer) {
    super(layer);
    chunks = (classes + LANES - 1) / LANES;
    weights = new float[chunks][layer.inputs() * LANES];
    for (int v = 0; v < chunks; v++) {
      int count = Math.min(LANES, classes - v * LANES);
      for (int j = 0; j < layer.inputs(); j++) {
        System.arraycopy(layer.weights(), j * classes + v * LANES, weights[v], j * LANES, count);
      }
    }
    logits = new float[chunks][RowBlock.ROWS * LANES];
    gradients = new float[(PANEL + TILE) * classes + LANES];
    padded = chunks * LANES;
    padding = new float[padded];
    Arrays.fill(padding, classes, padded, Float.NEGATIVE_INFINITY);
    activations = new float[padded];
    derivatives = new float[padded];
    open = new float[padded];
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
    for (int v = 0; v < chunks; v++) {
      Arrays.fill(logits[v], 0);
    }
    for (int first = 0; first < block.denseColumns.length; first += PANEL) {
      int count = unpack(block, first);
      for (int v = 0; v < chunks; v++) {
        for (int r = 0; r < rows; r += TILE) {
          addDenseColumns(block.denseColumns, first, count, panel, r, weights[v], logits[v]);
        }
      }
    }
    for (int v = 0; v < chunks; v++) {
      for (int r = 0; r < rows; r++) {
        addNonZeros(
            block.columns,
            block.values,
            block.rowStart[r],
            block.rowStart[r + 1],
            weights[v],
            logits[v],
            r * LANES);
      }
      if (layer.bias()) {
        addBias(rows, weights[v], logits[v]);
      }
    }
  }

  /** Unpacks a panel of dense columns, from the given one on; how many they are. */
  private int unpack(RowBlock block, int first) {
    int count = Math.min(PANEL, block.denseColumns.length - first);
    for (int i = 0; i < count; i++) {
      int from = (first + i) * block.denseRows;
      unpack(block.denseValues, from, block.denseRows, panel, i * RowBlock.ROWS);
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

  /** Adds a panel's part of the logits of a tile of rows. */
  private static void addDenseColumns(
      char[] columns, int first, int count, float[] panel, int r, float[] weights, float[] logits) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = FloatVector.zero(FLOATS);
    FloatVector a2 = FloatVector.zero(FLOATS);
    FloatVector a3 = FloatVector.zero(FLOATS);
    FloatVector a4 = FloatVector.zero(FLOATS);
    FloatVector a5 = FloatVector.zero(FLOATS);
    FloatVector a6 = FloatVector.zero(FLOATS);
    FloatVector a7 = FloatVector.zero(FLOATS);
    for (int i = 0; i < count; i++) {
      FloatVector w = FloatVector.fromArray(FLOATS, weights, columns[first + i] * LANES);
      int x = i * RowBlock.ROWS + r;
      a0 = times(panel[x], w, a0);
      a1 = times(panel[x + 1], w, a1);
      a2 = times(panel[x + 2], w, a2);
      a3 = times(panel[x + 3], w, a3);
      a4 = times(panel[x + 4], w, a4);
      a5 = times(panel[x + 5], w, a5);
      a6 = times(panel[x + 6], w, a6);
      a7 = times(panel[x + 7], w, a7);
    }
    int z = r * LANES;
    add(a0, logits, z);
    add(a1, logits, z + LANES);
    add(a2, logits, z + 2 * LANES);
    add(a3, logits, z + 3 * LANES);
    add(a4, logits, z + 4 * LANES);
    add(a5, logits, z + 5 * LANES);
    add(a6, logits, z + 6 * LANES);
    add(a7, logits, z + 7 * LANES);
  }

  private static void add(FloatVector vector, float[] array, int at) {
    FloatVector.fromArray(FLOATS, array, at).add(vector).intoArray(array, at);
  }

  /** Adds the part of one row's logits that its sparse columns give. */
  private static void addNonZeros(
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
    add(a0.add(a1).add(a2.add(a3)), logits, z);
  }

  private void addBias(int rows, float[] weights, float[] logits) {
    FloatVector bias = FloatVector.fromArray(FLOATS, weights, features * LANES);
    for (int r = 0; r < rows; r++) {
      add(bias, logits, r * LANES);
    }
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
    char[] labels = block.labels;
    Arrays.fill(open, 0);
    for (int r = from; r < to; r++) {
      int label = labels[r];
      float largest = activate(r, statistics);
      if (activations[label] == largest && argmax(largest) == label) {
        statistics.correct++;
      }
      margins[r] = largest - activations[label];
      for (int c = 0; c < padded; c += LANES) {
        exp(FloatVector.fromArray(FLOATS, activations, c).sub(largest)).intoArray(activations, c);
      }
      float denominator = 0;
      for (int c = 0; c < classes; c++) {
        denominator += activations[c];
      }
      denominators[r] = denominator;
      float reciprocal = 1 / denominator;
      for (int c = 0; c < padded; c += LANES) {
        FloatVector.fromArray(FLOATS, activations, c)
            .mul(reciprocal)
            .mul(FloatVector.fromArray(FLOATS, derivatives, c))
            .intoArray(logits[c / LANES], r * LANES);
      }
      logits[label / LANES][r * LANES + label % LANES] =
          (activations[label] * reciprocal - 1) * derivatives[label];
    }
    for (int c = 0; c < classes; c++) {
      statistics.active[c] += layer.activation().isGate() ? (long) open[c] : to - from;
    }
  }

  /**
   * f(z) and f'(z) of one row of logits, −∞ in the padding; counts open gates; the largest f(z).
   */
  private float activate(int r, RowStatistics statistics) {
    FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < padded; c += LANES) {
      FloatVector z = FloatVector.fromArray(FLOATS, logits[c / LANES], r * LANES);
      FloatVector zero = FloatVector.zero(FLOATS);
      FloatVector activation;
      FloatVector derivative;
      switch (layer.activation()) {
        case RELU -> {
          VectorMask<Float> isOpen = z.compare(VectorOperators.GT, 0f);
          activation = zero.blend(z, isOpen);
          derivative = zero.blend(1f, isOpen);
          FloatVector.fromArray(FLOATS, open, c).add(derivative).intoArray(open, c);
        }
        case IDENTITY -> {
          activation = z;
          derivative = FloatVector.broadcast(FLOATS, 1f);
        }
        default -> {
          FloatVector e = exp(z.abs().neg());
          FloatVector reciprocal = FloatVector.broadcast(FLOATS, 1f).div(e.add(1f));
          FloatVector tail = e.mul(reciprocal);
          activation = tail.blend(reciprocal, z.compare(VectorOperators.GE, 0f));
          derivative = tail.mul(reciprocal);
        }
      }
      activation = activation.add(FloatVector.fromArray(FLOATS, padding, c));
      activation.intoArray(activations, c);
      derivative.intoArray(derivatives, c);
      largest = largest.max(activation);
    }
    float max = largest.reduceLanes(VectorOperators.MAX);
    // Behind the gate 0 means closed.
    if (layer.activation().isGate() && max == 0) {
      statistics.undecided++;
    }
    return max;
  }

  /** The first class with the largest activation. */
  private int argmax(float largest) {
    for (int c = 0; c < padded; c += LANES) {
      VectorMask<Float> isLargest =
          FloatVector.fromArray(FLOATS, activations, c).compare(VectorOperators.EQ, largest);
      if (isLargest.anyTrue()) {
        return c + isLargest.firstTrue();
      }
    }
    throw new AssertionError("no activation is the largest one");
  }

  /** {@link FloatExp#of}, lane by lane; 0 of −∞. */
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
      int x = i * RowBlock.ROWS + r;
      a0 = times(panel[x], d, a0);
      a1 = times(panel[x + RowBlock.ROWS], d, a1);
      a2 = times(panel[x + 2 * RowBlock.ROWS], d, a2);
      a3 = times(panel[x + 3 * RowBlock.ROWS], d, a3);
      a4 = times(panel[x + 4 * RowBlock.ROWS], d, a4);
      a5 = times(panel[x + 5 * RowBlock.ROWS], d, a5);
      a6 = times(panel[x + 6 * RowBlock.ROWS], d, a6);
      a7 = times(panel[x + 7 * RowBlock.ROWS], d, a7);
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
