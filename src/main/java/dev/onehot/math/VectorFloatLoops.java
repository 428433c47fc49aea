package dev.onehot.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorFloatProducts}: those of {@link VectorLoops} for real numbers,
 * which need no unpacking. What is measured there holds here, too.
 */
final class VectorFloatLoops {

  private static final VectorSpecies<Float> FLOATS = VectorLoops.FLOATS;
  private static final int LANES = VectorLoops.LANES;
  private static final int BUNDLE = VectorLoops.BUNDLE;

  /** Processors with vectors of 512 bits have registers for the sums of four chunks. */
  private static final int MOST_CHUNKS = FLOATS.vectorBitSize() >= 512 ? 4 : 2;

  private VectorFloatLoops() {}

  /** How many of the chunks that are left the loops of sparse columns take: 4, 2 or 1. */
  static int chunksAtATime(int left) {
    return Math.min(MOST_CHUNKS, Integer.highestOneBit(left));
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
      float[] values, int x, int distance, float[] weights, int end, float[] logits, int z) {
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
    for (int w = 0; w < end; w += BUNDLE, x += FloatBlock.STRIP) {
      FloatVector xA = FloatVector.fromArray(FLOATS, values, x);
      FloatVector xB = FloatVector.fromArray(FLOATS, values, x + distance);
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
      float[] values, int x, float[] weights, int end, float[] logits, int z) {
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
    for (int w = 0; w < end; w += 2 * BUNDLE, x += FloatBlock.STRIP) {
      FloatVector x0 = FloatVector.fromArray(FLOATS, values, x);
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
   * Sums the strands of the gradients of dense columns, for one bundle of classes, two columns at a
   * time. If the number of columns is odd, the last one is summed twice, the second time into a
   * place that nobody reads.
   *
   * @param from where the first column begins in {@code values}
   * @param count how many columns
   * @param strip the length of a strip
   * @param rows how many rows are summed over
   * @param y where the first class begins in {@code residuals}, which are C × ROWS
   * @param to where the strands of the first column begin
   * @param distance from the strands of one column to those of the next
   */
  static void sumDenseGradients(
      float[] values,
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
    for (int i = 0; i < count; i += 2, to += 2 * distance) {
      int x = from + i * FloatBlock.STRIP;
      int toSecond = i + 1 < count ? FloatBlock.STRIP : 0;
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
      for (int r = y; r < end; r += FloatBlock.STRIP, x += strip) {
        FloatVector xA = FloatVector.fromArray(FLOATS, values, x);
        FloatVector xB = FloatVector.fromArray(FLOATS, values, x + toSecond);
        FloatVector y0 = FloatVector.fromArray(FLOATS, residuals, r);
        a0 = xA.fma(y0, a0);
        b0 = xB.fma(y0, b0);
        FloatVector y1 = FloatVector.fromArray(FLOATS, residuals, r + RowBlock.ROWS);
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

  /** The same for two bundles, one column at a time. */
  static void sumDenseGradientsOfTwo(
      float[] values,
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
    for (int i = 0; i < count; i++, to += distance) {
      int x = from + i * FloatBlock.STRIP;
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
      for (int r = y; r < end; r += FloatBlock.STRIP, x += strip) {
        FloatVector x0 = FloatVector.fromArray(FLOATS, values, x);
        a0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, r), a0);
        a1 = x0.fma(FloatVector.fromArray(FLOATS, residuals, r + RowBlock.ROWS), a1);
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
      a1.intoArray(strands, to + BlockKernel.STRANDS);
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
   * Sums the part of the logits that a slab of sparse columns gives, for one chunk of classes.
   *
   * @param first for the first row the index of its start
   * @param list the sparse columns
   * @param slab where the slab begins in {@code list}
   * @param weights F × C; a chunk may reach into the next feature's, for lanes that nobody reads
   * @param logits gets ROWS × LANES
   */
  static void sumSparseLogits(
      char[] columns,
      float[] values,
      int[] rowStart,
      int first,
      int count,
      int[] list,
      int slab,
      float[] weights,
      int classes,
      int firstClass,
      float[] logits) {
    for (int i = first, z = 0; i < first + count; i++, z += LANES) {
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = FloatVector.zero(FLOATS);
      FloatVector a2 = FloatVector.zero(FLOATS);
      FloatVector a3 = FloatVector.zero(FLOATS);
      int k = rowStart[i];
      int end = rowStart[i + 1];
      for (; k <= end - BlockKernel.ACCUMULATORS; k += BlockKernel.ACCUMULATORS) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, values[k]);
        int v0 = list[slab + columns[k]] * classes + firstClass;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0), a0);
        FloatVector x1 = FloatVector.broadcast(FLOATS, values[k + 1]);
        int v1 = list[slab + columns[k + 1]] * classes + firstClass;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1), a1);
        FloatVector x2 = FloatVector.broadcast(FLOATS, values[k + 2]);
        int v2 = list[slab + columns[k + 2]] * classes + firstClass;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2), a2);
        FloatVector x3 = FloatVector.broadcast(FLOATS, values[k + 3]);
        int v3 = list[slab + columns[k + 3]] * classes + firstClass;
        a3 = x3.fma(FloatVector.fromArray(FLOATS, weights, v3), a3);
      }
      if (k < end) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, values[k]);
        int v0 = list[slab + columns[k]] * classes + firstClass;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0), a0);
      }
      if (k + 1 < end) {
        FloatVector x1 = FloatVector.broadcast(FLOATS, values[k + 1]);
        int v1 = list[slab + columns[k + 1]] * classes + firstClass;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1), a1);
      }
      if (k + 2 < end) {
        FloatVector x2 = FloatVector.broadcast(FLOATS, values[k + 2]);
        int v2 = list[slab + columns[k + 2]] * classes + firstClass;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2), a2);
      }
      a0.add(a1).add(a2.add(a3)).intoArray(logits, z);
    }
  }

  /** The same for two chunks. */
  static void sumSparseLogitsOfTwo(
      char[] columns,
      float[] values,
      int[] rowStart,
      int first,
      int count,
      int[] list,
      int slab,
      float[] weights,
      int classes,
      int firstClass,
      float[] logitsA,
      float[] logitsB) {
    for (int i = first, z = 0; i < first + count; i++, z += LANES) {
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = FloatVector.zero(FLOATS);
      FloatVector a2 = FloatVector.zero(FLOATS);
      FloatVector a3 = FloatVector.zero(FLOATS);
      FloatVector b0 = FloatVector.zero(FLOATS);
      FloatVector b1 = FloatVector.zero(FLOATS);
      FloatVector b2 = FloatVector.zero(FLOATS);
      FloatVector b3 = FloatVector.zero(FLOATS);
      int k = rowStart[i];
      int end = rowStart[i + 1];
      for (; k <= end - BlockKernel.ACCUMULATORS; k += BlockKernel.ACCUMULATORS) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, values[k]);
        int v0 = list[slab + columns[k]] * classes + firstClass;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0), a0);
        b0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0 + LANES), b0);
        FloatVector x1 = FloatVector.broadcast(FLOATS, values[k + 1]);
        int v1 = list[slab + columns[k + 1]] * classes + firstClass;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1), a1);
        b1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1 + LANES), b1);
        FloatVector x2 = FloatVector.broadcast(FLOATS, values[k + 2]);
        int v2 = list[slab + columns[k + 2]] * classes + firstClass;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2), a2);
        b2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2 + LANES), b2);
        FloatVector x3 = FloatVector.broadcast(FLOATS, values[k + 3]);
        int v3 = list[slab + columns[k + 3]] * classes + firstClass;
        a3 = x3.fma(FloatVector.fromArray(FLOATS, weights, v3), a3);
        b3 = x3.fma(FloatVector.fromArray(FLOATS, weights, v3 + LANES), b3);
      }
      if (k < end) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, values[k]);
        int v0 = list[slab + columns[k]] * classes + firstClass;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0), a0);
        b0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0 + LANES), b0);
      }
      if (k + 1 < end) {
        FloatVector x1 = FloatVector.broadcast(FLOATS, values[k + 1]);
        int v1 = list[slab + columns[k + 1]] * classes + firstClass;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1), a1);
        b1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1 + LANES), b1);
      }
      if (k + 2 < end) {
        FloatVector x2 = FloatVector.broadcast(FLOATS, values[k + 2]);
        int v2 = list[slab + columns[k + 2]] * classes + firstClass;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2), a2);
        b2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2 + LANES), b2);
      }
      a0.add(a1).add(a2.add(a3)).intoArray(logitsA, z);
      b0.add(b1).add(b2.add(b3)).intoArray(logitsB, z);
    }
  }

  /** The same for four chunks, whose sums fill the registers of processors with 512-bit vectors. */
  static void sumSparseLogitsOfFour(
      char[] columns,
      float[] values,
      int[] rowStart,
      int first,
      int count,
      int[] list,
      int slab,
      float[] weights,
      int classes,
      int firstClass,
      float[][] logits,
      int chunk) {
    float[] logitsA = logits[chunk];
    float[] logitsB = logits[chunk + 1];
    float[] logitsC = logits[chunk + 2];
    float[] logitsD = logits[chunk + 3];
    for (int i = first, z = 0; i < first + count; i++, z += LANES) {
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = FloatVector.zero(FLOATS);
      FloatVector a2 = FloatVector.zero(FLOATS);
      FloatVector a3 = FloatVector.zero(FLOATS);
      FloatVector b0 = FloatVector.zero(FLOATS);
      FloatVector b1 = FloatVector.zero(FLOATS);
      FloatVector b2 = FloatVector.zero(FLOATS);
      FloatVector b3 = FloatVector.zero(FLOATS);
      FloatVector c0 = FloatVector.zero(FLOATS);
      FloatVector c1 = FloatVector.zero(FLOATS);
      FloatVector c2 = FloatVector.zero(FLOATS);
      FloatVector c3 = FloatVector.zero(FLOATS);
      FloatVector d0 = FloatVector.zero(FLOATS);
      FloatVector d1 = FloatVector.zero(FLOATS);
      FloatVector d2 = FloatVector.zero(FLOATS);
      FloatVector d3 = FloatVector.zero(FLOATS);
      int k = rowStart[i];
      int end = rowStart[i + 1];
      for (; k <= end - BlockKernel.ACCUMULATORS; k += BlockKernel.ACCUMULATORS) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, values[k]);
        int v0 = list[slab + columns[k]] * classes + firstClass;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0), a0);
        b0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0 + LANES), b0);
        c0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0 + 2 * LANES), c0);
        d0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0 + 3 * LANES), d0);
        FloatVector x1 = FloatVector.broadcast(FLOATS, values[k + 1]);
        int v1 = list[slab + columns[k + 1]] * classes + firstClass;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1), a1);
        b1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1 + LANES), b1);
        c1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1 + 2 * LANES), c1);
        d1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1 + 3 * LANES), d1);
        FloatVector x2 = FloatVector.broadcast(FLOATS, values[k + 2]);
        int v2 = list[slab + columns[k + 2]] * classes + firstClass;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2), a2);
        b2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2 + LANES), b2);
        c2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2 + 2 * LANES), c2);
        d2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2 + 3 * LANES), d2);
        FloatVector x3 = FloatVector.broadcast(FLOATS, values[k + 3]);
        int v3 = list[slab + columns[k + 3]] * classes + firstClass;
        a3 = x3.fma(FloatVector.fromArray(FLOATS, weights, v3), a3);
        b3 = x3.fma(FloatVector.fromArray(FLOATS, weights, v3 + LANES), b3);
        c3 = x3.fma(FloatVector.fromArray(FLOATS, weights, v3 + 2 * LANES), c3);
        d3 = x3.fma(FloatVector.fromArray(FLOATS, weights, v3 + 3 * LANES), d3);
      }
      if (k < end) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, values[k]);
        int v0 = list[slab + columns[k]] * classes + firstClass;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0), a0);
        b0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0 + LANES), b0);
        c0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0 + 2 * LANES), c0);
        d0 = x0.fma(FloatVector.fromArray(FLOATS, weights, v0 + 3 * LANES), d0);
      }
      if (k + 1 < end) {
        FloatVector x1 = FloatVector.broadcast(FLOATS, values[k + 1]);
        int v1 = list[slab + columns[k + 1]] * classes + firstClass;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1), a1);
        b1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1 + LANES), b1);
        c1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1 + 2 * LANES), c1);
        d1 = x1.fma(FloatVector.fromArray(FLOATS, weights, v1 + 3 * LANES), d1);
      }
      if (k + 2 < end) {
        FloatVector x2 = FloatVector.broadcast(FLOATS, values[k + 2]);
        int v2 = list[slab + columns[k + 2]] * classes + firstClass;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2), a2);
        b2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2 + LANES), b2);
        c2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2 + 2 * LANES), c2);
        d2 = x2.fma(FloatVector.fromArray(FLOATS, weights, v2 + 3 * LANES), d2);
      }
      a0.add(a1).add(a2.add(a3)).intoArray(logitsA, z);
      b0.add(b1).add(b2.add(b3)).intoArray(logitsB, z);
      c0.add(c1).add(c2.add(c3)).intoArray(logitsC, z);
      d0.add(d1).add(d2.add(d3)).intoArray(logitsD, z);
    }
  }

  /**
   * Sums the gradients of sparse columns for one chunk of classes.
   *
   * @param residuals ROWS × width
   * @param gradients gets columns × width
   * @param width the chunks of all classes · LANES
   */
  static void sumSparseGradients(
      char[] rows,
      float[] values,
      int[] columnStart,
      int first,
      int count,
      float[] residuals,
      int firstClass,
      float[] gradients,
      int width) {
    int to = firstClass;
    for (int i = first; i < first + count; i++, to += width) {
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = FloatVector.zero(FLOATS);
      FloatVector a2 = FloatVector.zero(FLOATS);
      FloatVector a3 = FloatVector.zero(FLOATS);
      int k = columnStart[i];
      int end = columnStart[i + 1];
      for (; k <= end - BlockKernel.ACCUMULATORS; k += BlockKernel.ACCUMULATORS) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, values[k]);
        int v0 = rows[k] * width + firstClass;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0), a0);
        FloatVector x1 = FloatVector.broadcast(FLOATS, values[k + 1]);
        int v1 = rows[k + 1] * width + firstClass;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1), a1);
        FloatVector x2 = FloatVector.broadcast(FLOATS, values[k + 2]);
        int v2 = rows[k + 2] * width + firstClass;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2), a2);
        FloatVector x3 = FloatVector.broadcast(FLOATS, values[k + 3]);
        int v3 = rows[k + 3] * width + firstClass;
        a3 = x3.fma(FloatVector.fromArray(FLOATS, residuals, v3), a3);
      }
      if (k < end) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, values[k]);
        int v0 = rows[k] * width + firstClass;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0), a0);
      }
      if (k + 1 < end) {
        FloatVector x1 = FloatVector.broadcast(FLOATS, values[k + 1]);
        int v1 = rows[k + 1] * width + firstClass;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1), a1);
      }
      if (k + 2 < end) {
        FloatVector x2 = FloatVector.broadcast(FLOATS, values[k + 2]);
        int v2 = rows[k + 2] * width + firstClass;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2), a2);
      }
      a0.add(a1).add(a2.add(a3)).intoArray(gradients, to);
    }
  }

  /** The same for two chunks. */
  static void sumSparseGradientsOfTwo(
      char[] rows,
      float[] values,
      int[] columnStart,
      int first,
      int count,
      float[] residuals,
      int firstClass,
      float[] gradients,
      int width) {
    int to = firstClass;
    for (int i = first; i < first + count; i++, to += width) {
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = FloatVector.zero(FLOATS);
      FloatVector a2 = FloatVector.zero(FLOATS);
      FloatVector a3 = FloatVector.zero(FLOATS);
      FloatVector b0 = FloatVector.zero(FLOATS);
      FloatVector b1 = FloatVector.zero(FLOATS);
      FloatVector b2 = FloatVector.zero(FLOATS);
      FloatVector b3 = FloatVector.zero(FLOATS);
      int k = columnStart[i];
      int end = columnStart[i + 1];
      for (; k <= end - BlockKernel.ACCUMULATORS; k += BlockKernel.ACCUMULATORS) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, values[k]);
        int v0 = rows[k] * width + firstClass;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0), a0);
        b0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0 + LANES), b0);
        FloatVector x1 = FloatVector.broadcast(FLOATS, values[k + 1]);
        int v1 = rows[k + 1] * width + firstClass;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1), a1);
        b1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1 + LANES), b1);
        FloatVector x2 = FloatVector.broadcast(FLOATS, values[k + 2]);
        int v2 = rows[k + 2] * width + firstClass;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2), a2);
        b2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2 + LANES), b2);
        FloatVector x3 = FloatVector.broadcast(FLOATS, values[k + 3]);
        int v3 = rows[k + 3] * width + firstClass;
        a3 = x3.fma(FloatVector.fromArray(FLOATS, residuals, v3), a3);
        b3 = x3.fma(FloatVector.fromArray(FLOATS, residuals, v3 + LANES), b3);
      }
      if (k < end) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, values[k]);
        int v0 = rows[k] * width + firstClass;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0), a0);
        b0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0 + LANES), b0);
      }
      if (k + 1 < end) {
        FloatVector x1 = FloatVector.broadcast(FLOATS, values[k + 1]);
        int v1 = rows[k + 1] * width + firstClass;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1), a1);
        b1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1 + LANES), b1);
      }
      if (k + 2 < end) {
        FloatVector x2 = FloatVector.broadcast(FLOATS, values[k + 2]);
        int v2 = rows[k + 2] * width + firstClass;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2), a2);
        b2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2 + LANES), b2);
      }
      a0.add(a1).add(a2.add(a3)).intoArray(gradients, to);
      b0.add(b1).add(b2.add(b3)).intoArray(gradients, to + LANES);
    }
  }

  /** The same for four chunks. */
  static void sumSparseGradientsOfFour(
      char[] rows,
      float[] values,
      int[] columnStart,
      int first,
      int count,
      float[] residuals,
      int firstClass,
      float[] gradients,
      int width) {
    int to = firstClass;
    for (int i = first; i < first + count; i++, to += width) {
      FloatVector a0 = FloatVector.zero(FLOATS);
      FloatVector a1 = FloatVector.zero(FLOATS);
      FloatVector a2 = FloatVector.zero(FLOATS);
      FloatVector a3 = FloatVector.zero(FLOATS);
      FloatVector b0 = FloatVector.zero(FLOATS);
      FloatVector b1 = FloatVector.zero(FLOATS);
      FloatVector b2 = FloatVector.zero(FLOATS);
      FloatVector b3 = FloatVector.zero(FLOATS);
      FloatVector c0 = FloatVector.zero(FLOATS);
      FloatVector c1 = FloatVector.zero(FLOATS);
      FloatVector c2 = FloatVector.zero(FLOATS);
      FloatVector c3 = FloatVector.zero(FLOATS);
      FloatVector d0 = FloatVector.zero(FLOATS);
      FloatVector d1 = FloatVector.zero(FLOATS);
      FloatVector d2 = FloatVector.zero(FLOATS);
      FloatVector d3 = FloatVector.zero(FLOATS);
      int k = columnStart[i];
      int end = columnStart[i + 1];
      for (; k <= end - BlockKernel.ACCUMULATORS; k += BlockKernel.ACCUMULATORS) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, values[k]);
        int v0 = rows[k] * width + firstClass;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0), a0);
        b0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0 + LANES), b0);
        c0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0 + 2 * LANES), c0);
        d0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0 + 3 * LANES), d0);
        FloatVector x1 = FloatVector.broadcast(FLOATS, values[k + 1]);
        int v1 = rows[k + 1] * width + firstClass;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1), a1);
        b1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1 + LANES), b1);
        c1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1 + 2 * LANES), c1);
        d1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1 + 3 * LANES), d1);
        FloatVector x2 = FloatVector.broadcast(FLOATS, values[k + 2]);
        int v2 = rows[k + 2] * width + firstClass;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2), a2);
        b2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2 + LANES), b2);
        c2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2 + 2 * LANES), c2);
        d2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2 + 3 * LANES), d2);
        FloatVector x3 = FloatVector.broadcast(FLOATS, values[k + 3]);
        int v3 = rows[k + 3] * width + firstClass;
        a3 = x3.fma(FloatVector.fromArray(FLOATS, residuals, v3), a3);
        b3 = x3.fma(FloatVector.fromArray(FLOATS, residuals, v3 + LANES), b3);
        c3 = x3.fma(FloatVector.fromArray(FLOATS, residuals, v3 + 2 * LANES), c3);
        d3 = x3.fma(FloatVector.fromArray(FLOATS, residuals, v3 + 3 * LANES), d3);
      }
      if (k < end) {
        FloatVector x0 = FloatVector.broadcast(FLOATS, values[k]);
        int v0 = rows[k] * width + firstClass;
        a0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0), a0);
        b0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0 + LANES), b0);
        c0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0 + 2 * LANES), c0);
        d0 = x0.fma(FloatVector.fromArray(FLOATS, residuals, v0 + 3 * LANES), d0);
      }
      if (k + 1 < end) {
        FloatVector x1 = FloatVector.broadcast(FLOATS, values[k + 1]);
        int v1 = rows[k + 1] * width + firstClass;
        a1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1), a1);
        b1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1 + LANES), b1);
        c1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1 + 2 * LANES), c1);
        d1 = x1.fma(FloatVector.fromArray(FLOATS, residuals, v1 + 3 * LANES), d1);
      }
      if (k + 2 < end) {
        FloatVector x2 = FloatVector.broadcast(FLOATS, values[k + 2]);
        int v2 = rows[k + 2] * width + firstClass;
        a2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2), a2);
        b2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2 + LANES), b2);
        c2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2 + 2 * LANES), c2);
        d2 = x2.fma(FloatVector.fromArray(FLOATS, residuals, v2 + 3 * LANES), d2);
      }
      a0.add(a1).add(a2.add(a3)).intoArray(gradients, to);
      b0.add(b1).add(b2.add(b3)).intoArray(gradients, to + LANES);
      c0.add(c1).add(c2.add(c3)).intoArray(gradients, to + 2 * LANES);
      d0.add(d1).add(d2.add(d3)).intoArray(gradients, to + 3 * LANES);
    }
  }
}
