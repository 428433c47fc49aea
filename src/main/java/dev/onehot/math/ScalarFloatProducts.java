package dev.onehot.math;

import java.util.Arrays;

/** The products of blocks of real numbers with weights and with residuals, in plain Java. */
final class ScalarFloatProducts {

  private static final int STRANDS = BlockKernel.STRANDS;
  private static final int ACCUMULATORS = BlockKernel.ACCUMULATORS;

  private final float[] weights;
  private final int classes;
  private final double gradientScale;

  /** C × ROWS: gets the logits without a bias. */
  private final float[] logits;

  /** C × ROWS from index {@link #first} on. */
  private float[] residuals;

  private int first;

  /** C sums over a row's dense columns. */
  private final float[] sums;

  /** ACCUMULATORS × C sums over a row's sparse columns. */
  private final float[] accumulators;

  /** A column's values of the training rows, and zeros behind them. */
  private final float[] column = new float[RowBlock.ROWS];

  private final float[] strands = new float[STRANDS];

  ScalarFloatProducts(RoundedWeights weights, float[] logits) {
    this.weights = weights.values();
    this.logits = logits;
    classes = weights.classes();
    gradientScale = weights.gradientScale().scale();
    sums = new float[classes];
    accumulators = new float[ACCUMULATORS * classes];
  }

  /** Computes X·W of all rows. */
  void forward(FloatBlock block) {
    int dense = block.denseColumns.length;
    for (int r = 0; r < block.rows(); r++) {
      Arrays.fill(sums, 0);
      for (int i = 0; i < dense; i++) {
        float value = block.denseValues[FloatBlock.denseAt(dense, i, r)];
        addScaled(value, block.denseColumns[i] * classes, sums, 0);
      }
      for (int slab = 0; slab < block.slabs(); slab++) {
        addSparse(block, slab, r);
      }
      for (int c = 0; c < classes; c++) {
        logits[c * RowBlock.ROWS + r] = sums[c];
      }
    }
  }

  private void addSparse(FloatBlock block, int slab, int row) {
    int from = block.rowStart[slab * block.rows() + row];
    int end = block.rowStart[slab * block.rows() + row + 1];
    Arrays.fill(accumulators, 0);
    for (int k = from; k < end; k++) {
      int j = block.sparseColumns[slab * FloatBlock.SLAB + block.columns[k]];
      addScaled(block.values[k], j * classes, accumulators, (k - from) % ACCUMULATORS * classes);
    }
    for (int c = 0; c < classes; c++) {
      sums[c] +=
          (accumulators[c] + accumulators[classes + c])
              + (accumulators[2 * classes + c] + accumulators[3 * classes + c]);
    }
  }

  /** Adds a feature's weights times its value. */
  private void addScaled(float value, int from, float[] to, int at) {
    for (int c = 0; c < classes; c++) {
      to[at + c] = Math.fma(value, weights[from + c], to[at + c]);
    }
  }

  /**
   * Adds Xᵀ·D over the training rows, rounded.
   *
   * @param residuals D, C × ROWS from index {@code first} on
   */
  void backward(FloatBlock block, float[] residuals, int first, long[] gradient) {
    this.residuals = residuals;
    this.first = first;
    int dense = block.denseColumns.length;
    Arrays.fill(column, block.trainingRows, RowBlock.ROWS, 0);
    for (int i = 0; i < dense; i++) {
      for (int r = 0; r < block.trainingRows; r++) {
        column[r] = block.denseValues[FloatBlock.denseAt(dense, i, r)];
      }
      for (int c = 0; c < classes; c++) {
        float g = strands(first + c * RowBlock.ROWS, block.trainingRows);
        addRounded(gradient, block.denseColumns[i] * classes + c, g);
      }
    }
    for (int i = 0; i < block.sparseColumns.length; i++) {
      int from = block.columnStart[i];
      int end = block.columnStart[i + 1];
      for (int c = 0; c < classes && from < end; c++) {
        float g = dot(block, from, end, first + c * RowBlock.ROWS);
        addRounded(gradient, block.sparseColumns[i] * classes + c, g);
      }
    }
  }

  /** A column times the residuals of a class: each row goes to its strand; strands are joined. */
  private float strands(int at, int rows) {
    Arrays.fill(strands, 0);
    for (int r = 0; r < rows; r += STRANDS) {
      // Behind the last training row the column is 0, and whatever the residuals are is finite.
      for (int i = 0; i < STRANDS; i++) {
        strands[i] = Math.fma(column[r + i], residuals[at + r + i], strands[i]);
      }
    }
    for (int half = STRANDS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        strands[i] += strands[i + half];
      }
    }
    return strands[0];
  }

  private float dot(FloatBlock block, int from, int end, int at) {
    float a0 = 0;
    float a1 = 0;
    float a2 = 0;
    float a3 = 0;
    char[] rows = block.rowsOfColumns;
    float[] values = block.valuesOfColumns;
    int k = from;
    for (; k <= end - ACCUMULATORS; k += ACCUMULATORS) {
      a0 = Math.fma(values[k], residuals[at + rows[k]], a0);
      a1 = Math.fma(values[k + 1], residuals[at + rows[k + 1]], a1);
      a2 = Math.fma(values[k + 2], residuals[at + rows[k + 2]], a2);
      a3 = Math.fma(values[k + 3], residuals[at + rows[k + 3]], a3);
    }
    if (k < end) {
      a0 = Math.fma(values[k], residuals[at + rows[k]], a0);
    }
    if (k + 1 < end) {
      a1 = Math.fma(values[k + 1], residuals[at + rows[k + 1]], a1);
    }
    if (k + 2 < end) {
      a2 = Math.fma(values[k + 2], residuals[at + rows[k + 2]], a2);
    }
    return (a0 + a1) + (a2 + a3);
  }

  private void addRounded(long[] gradient, int at, float g) {
    gradient[at] += FixedPoint.roundScaled(g * gradientScale);
  }
}
