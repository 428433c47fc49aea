package dev.onehot.math;

import java.util.Arrays;
import java.util.function.Function;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The block kernel with classes as vector lanes: to the bit what {@link ScalarBlockKernel} gives,
 * and the only class that knows {@code jdk.incubator.vector}.
 *
 * <p>Rows of the weights and of the logits are padded to whole vectors. A padding lane has weights
 * of 0 and an activation of −∞, so its probability and its gradient are 0.
 *
 * <p>No vector is kept in a field: one that doesn't come from the method at hand makes the compiler
 * put all of them on the heap, which was measured to cost a factor of eleven.
 */
final class VectorBlockKernel extends AbstractBlockKernel {

  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();
  private static final int LONG_LANES = DOUBLES.length();

  /** Classes, padded to whole vectors. */
  private final int padded;

  /** Vector of classes after vector of classes, and in each (F + 1 if bias) × LANES. */
  private final float[] weights;

  /** 0 for a class, −∞ for padding. */
  private final float[] padding;

  /** 0, 1, 2, … */
  private final float[] classNumbers;

  /** Likewise ROWS × LANES: logits, then in their place (P − onehot(y)) ⊙ f'(Z). */
  private final float[] logits;

  private final float[] activations;
  private final float[] derivatives;

  /** Open gates of each class, over the rows at hand. */
  private final float[] open;

  VectorBlockKernel(Layer layer) {
    super(layer);
    padded = (classes + LANES - 1) / LANES * LANES;
    weights = new float[layer.inputs() * padded];
    for (int c = 0; c < classes; c += LANES) {
      for (int j = 0; j < layer.inputs(); j++) {
        int count = Math.min(LANES, classes - c);
        int to = c * layer.inputs() + j * LANES;
        System.arraycopy(layer.weights(), j * classes + c, weights, to, count);
      }
    }
    padding = new float[padded];
    Arrays.fill(padding, classes, padded, Float.NEGATIVE_INFINITY);
    classNumbers = new float[padded];
    for (int c = 0; c < padded; c++) {
      classNumbers[c] = c;
    }
    logits = new float[RowBlock.ROWS * padded];
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
    int[] rowStart = block.rowStart();
    char[] columns = block.columns();
    byte[] values = block.values();
    float[] weights = this.weights;
    for (int c = 0; c < padded; c += LANES) {
      int w = c * layer.inputs();
      for (int r = 0; r < block.rows(); r++) {
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        int k = rowStart[r];
        int end = rowStart[r + 1];
        for (int last = end - ACCUMULATORS; k <= last; k += ACCUMULATORS) {
          a0 = times(values[k], weights, w + columns[k] * LANES, a0);
          a1 = times(values[k + 1], weights, w + columns[k + 1] * LANES, a1);
          a2 = times(values[k + 2], weights, w + columns[k + 2] * LANES, a2);
          a3 = times(values[k + 3], weights, w + columns[k + 3] * LANES, a3);
        }
        if (k < end) {
          a0 = times(values[k], weights, w + columns[k] * LANES, a0);
        }
        if (k + 1 < end) {
          a1 = times(values[k + 1], weights, w + columns[k + 1] * LANES, a1);
        }
        if (k + 2 < end) {
          a2 = times(values[k + 2], weights, w + columns[k + 2] * LANES, a2);
        }
        FloatVector z = a0.add(a1).add(a2.add(a3));
        if (layer.bias()) {
          z = z.add(FloatVector.fromArray(FLOATS, weights, w + features * LANES));
        }
        z.intoArray(logits, at(c, r));
      }
    }
  }

  /** Where a row's logits of the classes from c on begin. */
  private static int at(int c, int r) {
    return c * RowBlock.ROWS + r * LANES;
  }

  /** {@code value · matrix[at …] + sum}, fused. */
  private static FloatVector times(byte value, float[] matrix, int at, FloatVector sum) {
    return FloatVector.broadcast(FLOATS, (float) (value & 255))
        .fma(FloatVector.fromArray(FLOATS, matrix, at), sum);
  }

  @Override
  void differentiate(RowBlock block, int from, int to, RowStatistics statistics) {
    char[] labels = block.labels();
    Arrays.fill(open, 0);
    for (int r = from; r < to; r++) {
      int label = labels[r];
      float largest = activate(r, statistics);
      if (argmax(largest) == label) {
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
        VectorMask<Float> isLabel =
            FloatVector.fromArray(FLOATS, classNumbers, c)
                .compare(VectorOperators.EQ, (float) label);
        FloatVector onehot = FloatVector.zero(FLOATS).blend(1f, isLabel);
        FloatVector.fromArray(FLOATS, activations, c)
            .mul(reciprocal)
            .sub(onehot)
            .mul(FloatVector.fromArray(FLOATS, derivatives, c))
            .intoArray(logits, at(c, r));
      }
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
    boolean undecided = layer.activation().isGate();
    for (int c = 0; c < padded; c += LANES) {
      FloatVector z = FloatVector.fromArray(FLOATS, logits, at(c, r));
      FloatVector zero = FloatVector.zero(FLOATS);
      FloatVector activation;
      FloatVector derivative;
      switch (layer.activation()) {
        case RELU -> {
          VectorMask<Float> isOpen = z.compare(VectorOperators.GT, 0f);
          undecided &= !isOpen.anyTrue();
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
    if (undecided) {
      statistics.undecided++;
    }
    return largest.reduceLanes(VectorOperators.MAX);
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
    int[] columnStart = block.columnStart();
    byte[] rows = block.rowsOfColumns();
    byte[] values = block.valuesOfColumns();
    float[] logits = this.logits;
    for (int c = 0; c < padded; c += LANES) {
      int d = at(c, 0);
      for (int j = 0; j < features; j++) {
        int k = columnStart[j];
        int end = columnStart[j + 1];
        if (k == end) {
          continue;
        }
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = FloatVector.zero(FLOATS);
        FloatVector a2 = FloatVector.zero(FLOATS);
        FloatVector a3 = FloatVector.zero(FLOATS);
        for (int last = end - ACCUMULATORS; k <= last; k += ACCUMULATORS) {
          a0 = times(values[k], logits, d + (rows[k] & 255) * LANES, a0);
          a1 = times(values[k + 1], logits, d + (rows[k + 1] & 255) * LANES, a1);
          a2 = times(values[k + 2], logits, d + (rows[k + 2] & 255) * LANES, a2);
          a3 = times(values[k + 3], logits, d + (rows[k + 3] & 255) * LANES, a3);
        }
        if (k < end) {
          a0 = times(values[k], logits, d + (rows[k] & 255) * LANES, a0);
        }
        if (k + 1 < end) {
          a1 = times(values[k + 1], logits, d + (rows[k + 1] & 255) * LANES, a1);
        }
        if (k + 2 < end) {
          a2 = times(values[k + 2], logits, d + (rows[k + 2] & 255) * LANES, a2);
        }
        addRounded(a0.add(a1).add(a2.add(a3)), gradient, j * classes, c);
      }
    }
  }

  @Override
  void backwardBias(int trainingRows, long[] gradient) {
    for (int c = 0; c < padded; c += LANES) {
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = FloatVector.zero(FLOATS);
      FloatVector a2 = FloatVector.zero(FLOATS);
      FloatVector a3 = FloatVector.zero(FLOATS);
      for (int r = 0; r < trainingRows; r++) {
        FloatVector d = FloatVector.fromArray(FLOATS, logits, at(c, r));
        switch (r % ACCUMULATORS) {
          case 0 -> a0 = a0.add(d);
          case 1 -> a1 = a1.add(d);
          case 2 -> a2 = a2.add(d);
          default -> a3 = a3.add(d);
        }
      }
      addRounded(a0.add(a1).add(a2.add(a3)), gradient, features * classes, c);
    }
  }

  /**
   * Rounds a vector of one feature's gradient and adds it, from class c on. The padding's zeros go
   * to the next feature's first classes, where they do nothing.
   */
  private void addRounded(FloatVector g, long[] gradient, int feature, int c) {
    for (int part = 0; part * LONG_LANES < LANES; part++) {
      int first = c + part * LONG_LANES;
      if (first >= classes) {
        return;
      }
      DoubleVector scaled =
          ((DoubleVector) g.convertShape(VectorOperators.F2D, DOUBLES, part)).mul(gradientScale);
      if (!scaled.abs().compare(VectorOperators.LE, FixedPoint.LARGEST_TERM).allTrue()) {
        throw new ArithmeticException("out of the fixed-point range: " + scaled);
      }
      LongVector rounded =
          scaled.add(FixedPoint.ROUNDER).reinterpretAsLongs().sub(FixedPoint.ROUNDER_BITS);
      int at = feature + first;
      if (at + LONG_LANES <= gradient.length) {
        rounded.add(LongVector.fromArray(rounded.species(), gradient, at)).intoArray(gradient, at);
      } else {
        for (int lane = 0; first + lane < classes; lane++) {
          gradient[at + lane] += rounded.lane(lane);
        }
      }
    }
  }
}
