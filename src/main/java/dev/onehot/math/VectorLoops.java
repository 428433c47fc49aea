package dev.onehot.math;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorBlockKernel} and {@link VectorSoftmax}. They read arrays and
 * write arrays.
 *
 * <p>Measurements with Java 17 showed:
 *
 * <ul>
 *   <li>A loop in a method of its own keeps its bounds and pointers in registers.
 *   <li>A loop should take enough rows, columns and classes at a time that multiplications limit
 *       its speed, but no more than the registers hold. A sum without a register waits for the
 *       memory three times as long as for its multiplication.
 *   <li>Values of dense columns should be unpacked one round before they are multiplied. C2 starts
 *       with what takes longest. Otherwise it would load all other factors before the first
 *       multiplication, and would move sums out of registers.
 *   <li>Vectors should stay off the heap (a factor of six). So no vector may be in a field, nor an
 *       argument or result of a method that isn't inlined. C2 inlines about sixty operations into a
 *       method that it compiles. So the large loops call methods of ours only at their beginning,
 *       and are too large to be inlined themselves.
 *   <li>For the same reason all vectors of floats should have one shape. After a loop C2 only knows
 *       that a variable is some {@code FloatVector}. It stores it without an object on the heap
 *       only if the profile has never seen another shape.
 * </ul>
 */
final class VectorLoops {

  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  static final int LANES = FLOATS.length();

  /** A bundle: this many classes, whose sums over dense columns are in registers side by side. */
  static final int BUNDLE = 5;

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
  private static final int LONG_LANES = LONGS.length();

  private static final VectorMask<Float> EIGHTS = lanesWith(8);
  private static final VectorMask<Float> FOURS = lanesWith(4);
  private static final VectorMask<Float> TWOS = lanesWith(2);
  private static final VectorMask<Float> ONES = lanesWith(1);
  private static final VectorShuffle<Float> BY_EIGHT = swap(8);
  private static final VectorShuffle<Float> BY_FOUR = swap(4);
  private static final VectorShuffle<Float> BY_TWO = swap(2);
  private static final VectorShuffle<Float> BY_ONE = swap(1);

  private VectorLoops() {}

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

  /** The lowest byte of each int, as a float. */
  private static FloatVector lowest(IntVector packed) {
    return (FloatVector) packed.and(ByteBlock.MAX_VALUE).convert(VectorOperators.I2F, 0);
  }

  /**
   * Sums the part of the logits that dense columns give, for one bundle of classes and 2 · LANES
   * rows.
   *
   * @param x where the first column begins in {@code values}
   * @param distance from a column's first vector of rows to its second
   * @param weights BUNDLE for each dense column
   * @param end the length of the weights, columns · BUNDLE
   * @param z where the first class begins in {@code logits}, which are C × ROWS
   */
  static void sumDenseLogits(
      int[] values, int x, int distance, float[] weights, int end, float[] logits, int z) {
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
    IntVector packedA = IntVector.fromArray(INTS, values, x);
    IntVector packedB = IntVector.fromArray(INTS, values, x + distance);
    FloatVector nextA = lowest(packedA);
    FloatVector nextB = lowest(packedB);
    for (int w = 0, j = 1; w < end; w += BUNDLE, j++) {
      FloatVector xA = nextA;
      FloatVector xB = nextB;
      if ((j & ByteBlock.PACKED - 1) == 0) {
        x += ByteBlock.STRIP;
        packedA = IntVector.fromArray(INTS, values, x);
        packedB = IntVector.fromArray(INTS, values, x + distance);
      } else {
        packedA = packedA.lanewise(VectorOperators.LSHR, Byte.SIZE);
        packedB = packedB.lanewise(VectorOperators.LSHR, Byte.SIZE);
      }
      nextA = lowest(packedA);
      nextB = lowest(packedB);
      FloatVector w0 = FloatVector.broadcast(FLOATS, weights[w]);
      a0 = xA.fma(w0, a0);
      b0 = xB.fma(w0, b0);
      FloatVector w1 = FloatVector.broadcast(FLOATS, weights[w + 1]);
      a1 = xA.fma(w1, a1);
      b1 = xB.fma(w1, b1);
      FloatVector w2 = FloatVector.broadcast(FLOATS, weights[w + 2]);
      a2 = xA.fma(w2, a2);
      b2 = xB.fma(w2, b2);
      FloatVector w3 = FloatVector.broadcast(FLOATS, weights[w + 3]);
      a3 = xA.fma(w3, a3);
      b3 = xB.fma(w3, b3);
      FloatVector w4 = FloatVector.broadcast(FLOATS, weights[w + 4]);
      a4 = xA.fma(w4, a4);
      b4 = xB.fma(w4, b4);
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

  /** The same for two bundles and LANES rows. */
  static void sumDenseLogitsOfTwo(
      int[] values, int x, float[] weights, int end, float[] logits, int z) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = FloatVector.zero(FLOATS);
    FloatVector a2 = FloatVector.zero(FLOATS);
    FloatVector a3 = FloatVector.zero(FLOATS);
    FloatVector a4 = FloatVector.zero(FLOATS);
    FloatVector a5 = FloatVector.zero(FLOATS);
    FloatVector a6 = FloatVector.zero(FLOATS);
    FloatVector a7 = FloatVector.zero(FLOATS);
    FloatVector a8 = FloatVector.zero(FLOATS);
    FloatVector a9 = FloatVector.zero(FLOATS);
    IntVector packed = IntVector.fromArray(INTS, values, x);
    FloatVector next = lowest(packed);
    for (int w = 0, j = 1; w < end; w += 2 * BUNDLE, j++) {
      FloatVector x0 = next;
      if ((j & ByteBlock.PACKED - 1) == 0) {
        x += ByteBlock.STRIP;
        packed = IntVector.fromArray(INTS, values, x);
      } else {
        packed = packed.lanewise(VectorOperators.LSHR, Byte.SIZE);
      }
      next = lowest(packed);
      a0 = x0.fma(FloatVector.broadcast(FLOATS, weights[w]), a0);
      a1 = x0.fma(FloatVector.broadcast(FLOATS, weights[w + 1]), a1);
      a2 = x0.fma(FloatVector.broadcast(FLOATS, weights[w + 2]), a2);
      a3 = x0.fma(FloatVector.broadcast(FLOATS, weights[w + 3]), a3);
      a4 = x0.fma(FloatVector.broadcast(FLOATS, weights[w + 4]), a4);
      a5 = x0.fma(FloatVector.broadcast(FLOATS, weights[w + 5]), a5);
      a6 = x0.fma(FloatVector.broadcast(FLOATS, weights[w + 6]), a6);
      a7 = x0.fma(FloatVector.broadcast(FLOATS, weights[w + 7]), a7);
      a8 = x0.fma(FloatVector.broadcast(FLOATS, weights[w + 8]), a8);
      a9 = x0.fma(FloatVector.broadcast(FLOATS, weights[w + 9]), a9);
    }
    a0.intoArray(logits, z);
    a1.intoArray(logits, z + RowBlock.ROWS);
    a2.intoArray(logits, z + 2 * RowBlock.ROWS);
    a3.intoArray(logits, z + 3 * RowBlock.ROWS);
    a4.intoArray(logits, z + 4 * RowBlock.ROWS);
    a5.intoArray(logits, z + 5 * RowBlock.ROWS);
    a6.intoArray(logits, z + 6 * RowBlock.ROWS);
    a7.intoArray(logits, z + 7 * RowBlock.ROWS);
    a8.intoArray(logits, z + 8 * RowBlock.ROWS);
    a9.intoArray(logits, z + 9 * RowBlock.ROWS);
  }

  /**
   * Multiplies sparse rows or columns by the vectors of a chunk of classes. Rows and weights give
   * logits; columns and residuals give gradients.
   *
   * @param starts for each row or column, an offset into {@code indices} and {@code values}
   * @param vectors the weights or residuals, LANES for each index
   * @param distance from the sums of one row or column to those of the next
   */
  static void sumSparse(
      char[] indices,
      byte[] values,
      int[] starts,
      int first,
      int count,
      float[] vectors,
      float[] sums,
      int to,
      int distance) {
    for (int i = first; i < first + count; i++, to += distance) {
      int end = starts[i + 1];
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = FloatVector.zero(FLOATS);
      FloatVector a2 = FloatVector.zero(FLOATS);
      FloatVector a3 = FloatVector.zero(FLOATS);
      for (int k = starts[i]; k < end; k += BlockKernel.ACCUMULATORS) {
        a0 =
            FloatVector.broadcast(FLOATS, (float) (values[k] & 255))
                .fma(FloatVector.fromArray(FLOATS, vectors, indices[k] * LANES), a0);
        a1 =
            FloatVector.broadcast(FLOATS, (float) (values[k + 1] & 255))
                .fma(FloatVector.fromArray(FLOATS, vectors, indices[k + 1] * LANES), a1);
        a2 =
            FloatVector.broadcast(FLOATS, (float) (values[k + 2] & 255))
                .fma(FloatVector.fromArray(FLOATS, vectors, indices[k + 2] * LANES), a2);
        a3 =
            FloatVector.broadcast(FLOATS, (float) (values[k + 3] & 255))
                .fma(FloatVector.fromArray(FLOATS, vectors, indices[k + 3] * LANES), a3);
      }
      a0.add(a1).add(a2.add(a3)).intoArray(sums, to);
    }
  }

  /**
   * Sums the part of the logits that sparse columns give, for two chunks of classes. One loop for
   * logits and gradients, with two arrays for sums, took 8 ns longer than the 240 ns that this one
   * takes for a row of MNIST.
   */
  static void sumSparseLogitsOfTwo(
      char[] columns,
      byte[] values,
      int[] rowStart,
      int rows,
      float[] weightsA,
      float[] weightsB,
      float[] logitsA,
      float[] logitsB) {
    for (int r = 0; r < rows; r++) {
      int end = rowStart[r + 1];
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = FloatVector.zero(FLOATS);
      FloatVector a2 = FloatVector.zero(FLOATS);
      FloatVector a3 = FloatVector.zero(FLOATS);
      FloatVector b0 = FloatVector.zero(FLOATS);
      FloatVector b1 = FloatVector.zero(FLOATS);
      FloatVector b2 = FloatVector.zero(FLOATS);
      FloatVector b3 = FloatVector.zero(FLOATS);
      for (int k = rowStart[r]; k < end; k += BlockKernel.ACCUMULATORS) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, (float) (values[k] & 255));
        int w0 = columns[k] * LANES;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, weightsA, w0), a0);
        b0 = x0.fma(FloatVector.fromArray(FLOATS, weightsB, w0), b0);
        FloatVector x1 = FloatVector.broadcast(FLOATS, (float) (values[k + 1] & 255));
        int w1 = columns[k + 1] * LANES;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, weightsA, w1), a1);
        b1 = x1.fma(FloatVector.fromArray(FLOATS, weightsB, w1), b1);
        FloatVector x2 = FloatVector.broadcast(FLOATS, (float) (values[k + 2] & 255));
        int w2 = columns[k + 2] * LANES;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, weightsA, w2), a2);
        b2 = x2.fma(FloatVector.fromArray(FLOATS, weightsB, w2), b2);
        FloatVector x3 = FloatVector.broadcast(FLOATS, (float) (values[k + 3] & 255));
        int w3 = columns[k + 3] * LANES;
        a3 = x3.fma(FloatVector.fromArray(FLOATS, weightsA, w3), a3);
        b3 = x3.fma(FloatVector.fromArray(FLOATS, weightsB, w3), b3);
      }
      a0.add(a1).add(a2.add(a3)).intoArray(logitsA, r * LANES);
      b0.add(b1).add(b2.add(b3)).intoArray(logitsB, r * LANES);
    }
  }

  /**
   * Replaces each vector v of an array by {@code exp(v − subtrahend)}, with the same bits as {@link
   * FloatExp#of}.
   *
   * @param array vectors, one after the other
   * @param end the length of all vectors together
   * @param subtrahends one vector
   * @param sums gets one vector: the sum of all results, from the first vector on
   */
  static void expOfDifferences(float[] array, int end, float[] subtrahends, float[] sums) {
    FloatVector subtrahend = FloatVector.fromArray(FLOATS, subtrahends, 0);
    FloatVector sum = FloatVector.zero(FLOATS);
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
    // Adds the bias of an exponent, and removes the bits of the rounder.
    IntVector bias = IntVector.broadcast(INTS, 127 - FloatExp.ROUNDER_BITS);
    for (int at = 0; at < end; at += LANES) {
      FloatVector x = FloatVector.fromArray(FLOATS, array, at).sub(subtrahend);
      FloatVector shifted = x.fma(log2E, rounder);
      FloatVector n = shifted.sub(rounder);
      FloatVector r = n.fma(minusLn2Low, n.fma(minusLn2High, x));
      FloatVector p = r.fma(c7, c6).fma(r, c5).fma(r, c4).fma(r, c3).fma(r, c2);
      p = p.fma(r.mul(r), r).add(one);
      IntVector exponent = shifted.reinterpretAsInts().add(bias);
      FloatVector power = exponent.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector e = p.mul(power).blend(zero, x.compare(VectorOperators.LT, underflow));
      e.intoArray(array, at);
      sum = e.add(sum);
    }
    sum.intoArray(sums, 0);
  }

  /**
   * Sums the strands of the gradients of dense columns, for one bundle of classes, two columns at a
   * time. If the number of columns is odd, the zeros behind the last column are summed, too, into a
   * place that nobody reads.
   *
   * @param from where the first column begins in {@code values}
   * @param count how many columns
   * @param strip the number of ints in a strip
   * @param rows how many rows are summed over
   * @param y where the first class begins in {@code residuals}, which are C × ROWS
   * @param to where the strands of the first column begin
   * @param distance from the strands of one column to those of the next
   */
  static void sumDenseGradients(
      int[] values,
      int from,
      int count,
      int strip,
      int rows,
      float[] residuals,
      int y,
      float[] strands,
      int to,
      int distance) {
    int end = y + rows;
    int toLast = (rows - 1) / ByteBlock.STRIP * strip;
    for (int i = 0; i < count; i += 2, to += 2 * distance) {
      int x = from + i / ByteBlock.PACKED * ByteBlock.STRIP;
      int last = x + toLast;
      int shift = ByteBlock.denseShift(i);
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
      IntVector packed = IntVector.fromArray(INTS, values, x).lanewise(VectorOperators.LSHR, shift);
      FloatVector nextA = lowest(packed);
      FloatVector nextB = lowest(packed.lanewise(VectorOperators.LSHR, Byte.SIZE));
      for (int r = y; r < end; r += ByteBlock.STRIP) {
        FloatVector xA = nextA;
        FloatVector xB = nextB;
        // There is no strip behind the last one to read ahead.
        x = Math.min(x + strip, last);
        packed = IntVector.fromArray(INTS, values, x).lanewise(VectorOperators.LSHR, shift);
        nextA = lowest(packed);
        nextB = lowest(packed.lanewise(VectorOperators.LSHR, Byte.SIZE));
        FloatVector y0 = FloatVector.fromArray(FLOATS, residuals, r);
        a0 = xA.fma(y0, a0);
        b0 = xB.fma(y0, b0);
        FloatVector y1 = FloatVector.fromArray(FLOATS, residuals, r + 1 * RowBlock.ROWS);
        a1 = xA.fma(y1, a1);
        b1 = xB.fma(y1, b1);
        FloatVector y2 = FloatVector.fromArray(FLOATS, residuals, r + 2 * RowBlock.ROWS);
        a2 = xA.fma(y2, a2);
        b2 = xB.fma(y2, b2);
        FloatVector y3 = FloatVector.fromArray(FLOATS, residuals, r + 3 * RowBlock.ROWS);
        a3 = xA.fma(y3, a3);
        b3 = xB.fma(y3, b3);
        FloatVector y4 = FloatVector.fromArray(FLOATS, residuals, r + 4 * RowBlock.ROWS);
        a4 = xA.fma(y4, a4);
        b4 = xB.fma(y4, b4);
      }
      a0.intoArray(strands, to);
      a1.intoArray(strands, to + BlockKernel.STRANDS);
      a2.intoArray(strands, to + 2 * BlockKernel.STRANDS);
      a3.intoArray(strands, to + 3 * BlockKernel.STRANDS);
      a4.intoArray(strands, to + 4 * BlockKernel.STRANDS);
      b0.intoArray(strands, to + distance);
      b1.intoArray(strands, to + distance + BlockKernel.STRANDS);
      b2.intoArray(strands, to + distance + 2 * BlockKernel.STRANDS);
      b3.intoArray(strands, to + distance + 3 * BlockKernel.STRANDS);
      b4.intoArray(strands, to + distance + 4 * BlockKernel.STRANDS);
    }
  }

  /**
   * The same for two bundles, one column at a time. So no value is unpacked twice. But each round
   * loads as much as it multiplies, so the residuals must be aligned.
   */
  static void sumDenseGradientsOfTwo(
      int[] values,
      int from,
      int count,
      int strip,
      int rows,
      float[] residuals,
      int y,
      float[] strands,
      int to,
      int distance) {
    int end = y + rows;
    int toLast = (rows - 1) / ByteBlock.STRIP * strip;
    for (int i = 0; i < count; i++, to += distance) {
      int x = from + i / ByteBlock.PACKED * ByteBlock.STRIP;
      int last = x + toLast;
      int shift = ByteBlock.denseShift(i);
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = FloatVector.zero(FLOATS);
      FloatVector a2 = FloatVector.zero(FLOATS);
      FloatVector a3 = FloatVector.zero(FLOATS);
      FloatVector a4 = FloatVector.zero(FLOATS);
      FloatVector a5 = FloatVector.zero(FLOATS);
      FloatVector a6 = FloatVector.zero(FLOATS);
      FloatVector a7 = FloatVector.zero(FLOATS);
      FloatVector a8 = FloatVector.zero(FLOATS);
      FloatVector a9 = FloatVector.zero(FLOATS);
      FloatVector next =
          lowest(IntVector.fromArray(INTS, values, x).lanewise(VectorOperators.LSHR, shift));
      for (int r = y; r < end; r += ByteBlock.STRIP) {
        FloatVector x0 = next;
        x = Math.min(x + strip, last);
        next = lowest(IntVector.fromArray(INTS, values, x).lanewise(VectorOperators.LSHR, shift));
        a0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, r), a0);
        a1 = x0.fma(FloatVector.fromArray(FLOATS, residuals, r + 1 * RowBlock.ROWS), a1);
        a2 = x0.fma(FloatVector.fromArray(FLOATS, residuals, r + 2 * RowBlock.ROWS), a2);
        a3 = x0.fma(FloatVector.fromArray(FLOATS, residuals, r + 3 * RowBlock.ROWS), a3);
        a4 = x0.fma(FloatVector.fromArray(FLOATS, residuals, r + 4 * RowBlock.ROWS), a4);
        a5 = x0.fma(FloatVector.fromArray(FLOATS, residuals, r + 5 * RowBlock.ROWS), a5);
        a6 = x0.fma(FloatVector.fromArray(FLOATS, residuals, r + 6 * RowBlock.ROWS), a6);
        a7 = x0.fma(FloatVector.fromArray(FLOATS, residuals, r + 7 * RowBlock.ROWS), a7);
        a8 = x0.fma(FloatVector.fromArray(FLOATS, residuals, r + 8 * RowBlock.ROWS), a8);
        a9 = x0.fma(FloatVector.fromArray(FLOATS, residuals, r + 9 * RowBlock.ROWS), a9);
      }
      a0.intoArray(strands, to);
      a1.intoArray(strands, to + 1 * BlockKernel.STRANDS);
      a2.intoArray(strands, to + 2 * BlockKernel.STRANDS);
      a3.intoArray(strands, to + 3 * BlockKernel.STRANDS);
      a4.intoArray(strands, to + 4 * BlockKernel.STRANDS);
      a5.intoArray(strands, to + 5 * BlockKernel.STRANDS);
      a6.intoArray(strands, to + 6 * BlockKernel.STRANDS);
      a7.intoArray(strands, to + 7 * BlockKernel.STRANDS);
      a8.intoArray(strands, to + 8 * BlockKernel.STRANDS);
      a9.intoArray(strands, to + 9 * BlockKernel.STRANDS);
    }
  }

  /**
   * Adds up strands of LANES entries of the gradient until four vectors are left; these replace the
   * first four.
   */
  static void joinToFour(float[] strands, int from) {
    for (int at = from; at < from + 4 * BlockKernel.STRANDS; at += BlockKernel.STRANDS) {
      FloatVector sums;
      if (LANES == 16) {
        FloatVector a = FloatVector.fromArray(FLOATS, strands, at);
        FloatVector b = FloatVector.fromArray(FLOATS, strands, at + 4 * BlockKernel.STRANDS);
        FloatVector c = FloatVector.fromArray(FLOATS, strands, at + 8 * BlockKernel.STRANDS);
        FloatVector d = FloatVector.fromArray(FLOATS, strands, at + 12 * BlockKernel.STRANDS);
        FloatVector ac = a.blend(c, EIGHTS).add(c.blend(a, EIGHTS).rearrange(BY_EIGHT));
        FloatVector bd = b.blend(d, EIGHTS).add(d.blend(b, EIGHTS).rearrange(BY_EIGHT));
        sums = ac.blend(bd, FOURS).add(bd.blend(ac, FOURS).rearrange(BY_FOUR));
      } else if (LANES == 8) {
        FloatVector a = FloatVector.fromArray(FLOATS, strands, at);
        FloatVector b = FloatVector.fromArray(FLOATS, strands, at + 4 * BlockKernel.STRANDS);
        a = a.add(FloatVector.fromArray(FLOATS, strands, at + 8));
        b = b.add(FloatVector.fromArray(FLOATS, strands, at + 4 * BlockKernel.STRANDS + 8));
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

  /** Joins those four vectors to one, which has the sum of one entry in each lane. */
  static void joinFour(float[] strands, int at, float[] gradients, int to) {
    FloatVector a = FloatVector.fromArray(FLOATS, strands, at);
    FloatVector b = FloatVector.fromArray(FLOATS, strands, at + BlockKernel.STRANDS);
    FloatVector c = FloatVector.fromArray(FLOATS, strands, at + 2 * BlockKernel.STRANDS);
    FloatVector d = FloatVector.fromArray(FLOATS, strands, at + 3 * BlockKernel.STRANDS);
    FloatVector ac = a.blend(c, TWOS).add(c.blend(a, TWOS).rearrange(BY_TWO));
    FloatVector bd = b.blend(d, TWOS).add(d.blend(b, TWOS).rearrange(BY_TWO));
    ac.blend(bd, ONES).add(bd.blend(ac, ONES).rearrange(BY_ONE)).intoArray(gradients, to);
  }

  /** Sums the gradients of sparse columns for two chunks of classes. */
  static void sumSparseGradientsOfTwo(
      char[] rows,
      byte[] values,
      int[] columnStart,
      int first,
      int count,
      float[] residualsA,
      float[] residualsB,
      float[] gradients,
      int to,
      int distance) {
    for (int i = first; i < first + count; i++, to += distance) {
      int end = columnStart[i + 1];
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = FloatVector.zero(FLOATS);
      FloatVector a2 = FloatVector.zero(FLOATS);
      FloatVector a3 = FloatVector.zero(FLOATS);
      FloatVector b0 = FloatVector.zero(FLOATS);
      FloatVector b1 = FloatVector.zero(FLOATS);
      FloatVector b2 = FloatVector.zero(FLOATS);
      FloatVector b3 = FloatVector.zero(FLOATS);
      for (int k = columnStart[i]; k < end; k += BlockKernel.ACCUMULATORS) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, (float) (values[k] & 255));
        int y0 = rows[k] * LANES;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, residualsA, y0), a0);
        b0 = x0.fma(FloatVector.fromArray(FLOATS, residualsB, y0), b0);
        FloatVector x1 = FloatVector.broadcast(FLOATS, (float) (values[k + 1] & 255));
        int y1 = rows[k + 1] * LANES;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, residualsA, y1), a1);
        b1 = x1.fma(FloatVector.fromArray(FLOATS, residualsB, y1), b1);
        FloatVector x2 = FloatVector.broadcast(FLOATS, (float) (values[k + 2] & 255));
        int y2 = rows[k + 2] * LANES;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, residualsA, y2), a2);
        b2 = x2.fma(FloatVector.fromArray(FLOATS, residualsB, y2), b2);
        FloatVector x3 = FloatVector.broadcast(FLOATS, (float) (values[k + 3] & 255));
        int y3 = rows[k + 3] * LANES;
        a3 = x3.fma(FloatVector.fromArray(FLOATS, residualsA, y3), a3);
        b3 = x3.fma(FloatVector.fromArray(FLOATS, residualsB, y3), b3);
      }
      a0.add(a1).add(a2.add(a3)).intoArray(gradients, to);
      b0.add(b1).add(b2.add(b3)).intoArray(gradients, to + LANES);
    }
  }

  /** Sums residuals to the strands of the gradient by a bias. */
  static void sumResiduals(float[] residuals, int y, int rows, float[] strands, int to) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int r = 0; r < rows; r += BlockKernel.STRANDS) {
      sum = sum.add(FloatVector.fromArray(FLOATS, residuals, y + r));
    }
    sum.intoArray(strands, to);
  }

  /**
   * Rounds gradients to fixed point and adds them to an exact sum.
   *
   * @throws ArithmeticException if a gradient is beyond the range of the scale
   */
  static void addRounded(float[] gradients, int from, int count, double scale, long[] sum, int to) {
    int i = 0;
    for (; i <= count - LONG_LANES; i += LONG_LANES) {
      // The conversion takes the first half of the vector.
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
