package dev.onehot.math;

import java.util.Arrays;

/**
 * The products of blocks of real numbers with weights and with residuals, in vectors. It gives the
 * same bits as {@link ScalarFloatProducts}.
 *
 * <p>For dense columns the lanes are rows, for sparse columns classes, as {@link VectorBlockKernel}
 * says. But there may be a million features, of which a block has few: so the weights are read
 * where they are, F × C, and only those of dense columns are copied, block by block. A chunk of
 * classes reaches beyond the last one into the weights of the next feature, and its last lanes are
 * not used.
 *
 * <p>Nor is anything here as long as the weights: a panel of columns at a time is rounded and added
 * to the sum.
 */
final class VectorFloatProducts {

  private static final int LANES = VectorLoops.LANES;
  private static final int BUNDLE = VectorLoops.BUNDLE;
  private static final int STRANDS = BlockKernel.STRANDS;

  /** A tile: this many dense columns, whose strands are held at a time. */
  private static final int TILE = 16;

  /** A panel: this many columns, whose gradients are held at a time. */
  private static final int PANEL = 256;

  private final int classes;
  private final int chunks;
  private final int bundles;
  private final double gradientScale;

  /** Inputs × C, and {@link RoundedWeights#PADDING} zeros behind them. */
  private final float[] weights;

  /** C × ROWS: gets the logits without a bias. */
  private final float[] logits;

  /** For each chunk ROWS × LANES: logits by sparse columns, then residuals. */
  private final float[][] transposed;

  /** TILE × C × STRANDS: the strands of the gradients of a tile; behind it room for padding. */
  private final float[] strands;

  /** PANEL × C: the gradients by the weights of a panel of dense columns; then room for padding. */
  private final float[] gradients;

  private final VectorSparseGradients sparse;

  /** The weights of a pair of bundles for the block's dense columns; grows as needed. */
  private float[] denseWeights = new float[0];

  /**
   * Works on arrays of the kernel.
   *
   * @param logits C × ROWS
   * @param transposed for each chunk ROWS × LANES
   */
  VectorFloatProducts(RoundedWeights weights, float[] logits, float[][] transposed) {
    this.weights = weights.values();
    this.logits = logits;
    this.transposed = transposed;
    classes = weights.classes();
    chunks = transposed.length;
    bundles = (classes + BUNDLE - 1) / BUNDLE;
    gradientScale = weights.gradientScale().scale();
    strands = new float[((TILE + 1) * classes + BUNDLE + LANES) * STRANDS];
    gradients = new float[PANEL * classes + LANES];
    sparse = new VectorSparseGradients(classes, chunks, gradientScale);
  }

  /** Computes X·W of all rows. */
  void forward(FloatBlock block) {
    if (block.denseColumns.length == 0) {
      Arrays.fill(logits, 0);
    } else {
      forwardDense(block);
    }
    for (int slab = 0; slab < block.slabs(); slab++) {
      forwardSparse(block, slab);
      addSparseLogits(block.rows());
    }
  }

  private void forwardDense(FloatBlock block) {
    int count = block.denseColumns.length;
    if (denseWeights.length < count * 2 * BUNDLE) {
      denseWeights = new float[count * 2 * BUNDLE];
    }
    int distance = FloatBlock.denseAt(count, 0, LANES);
    for (int b = 0; b < bundles; b += 2) {
      boolean two = b + 1 < bundles;
      int width = two ? 2 * BUNDLE : BUNDLE;
      int step = two ? LANES : 2 * LANES;
      gatherWeights(block.denseColumns, b * BUNDLE, width);
      for (int r = 0; r < block.rows(); r += step) {
        int x = FloatBlock.denseAt(count, 0, r);
        int z = b * BUNDLE * RowBlock.ROWS + r;
        if (two) {
          VectorFloatLoops.sumDenseLogitsOfTwo(
              block.denseValues, x, denseWeights, count * width, logits, z);
        } else {
          VectorFloatLoops.sumDenseLogits(
              block.denseValues, x, distance, denseWeights, count * width, logits, z);
        }
      }
    }
  }

  /** Puts the weights of some columns and classes side by side, padded with 0. */
  private void gatherWeights(int[] columns, int firstClass, int width) {
    int copied = Math.min(width, classes - firstClass);
    int at = 0;
    for (int column : columns) {
      int from = column * classes + firstClass;
      for (int c = 0; c < copied; c++) {
        denseWeights[at + c] = weights[from + c];
      }
      for (int c = copied; c < width; c++) {
        denseWeights[at + c] = 0;
      }
      at += width;
    }
  }

  private void forwardSparse(FloatBlock block, int slab) {
    int rows = block.rows();
    for (int v = 0, taken; v < chunks; v += taken) {
      taken = VectorFloatLoops.chunksAtATime(chunks - v);
      if (taken == 4) {
        VectorFloatLoops.sumSparseLogitsOfFour(
            block.columns,
            block.values,
            block.rowStart,
            slab * rows,
            rows,
            block.sparseColumns,
            slab * FloatBlock.SLAB,
            weights,
            classes,
            v * LANES,
            transposed,
            v);
      } else if (taken == 2) {
        VectorFloatLoops.sumSparseLogitsOfTwo(
            block.columns,
            block.values,
            block.rowStart,
            slab * rows,
            rows,
            block.sparseColumns,
            slab * FloatBlock.SLAB,
            weights,
            classes,
            v * LANES,
            transposed[v],
            transposed[v + 1]);
      } else {
        VectorFloatLoops.sumSparseLogits(
            block.columns,
            block.values,
            block.rowStart,
            slab * rows,
            rows,
            block.sparseColumns,
            slab * FloatBlock.SLAB,
            weights,
            classes,
            v * LANES,
            transposed[v]);
      }
    }
  }

  private void addSparseLogits(int rows) {
    for (int c = 0; c < classes; c++) {
      float[] chunk = transposed[c / LANES];
      for (int r = 0; r < rows; r++) {
        logits[c * RowBlock.ROWS + r] += chunk[r * LANES + c % LANES];
      }
    }
  }

  /**
   * Adds Xᵀ·D over the training rows, rounded.
   *
   * @param residuals D, C × ROWS from index {@code first} on; behind the training rows 0, as far as
   *     strands reach
   */
  void backward(FloatBlock block, float[] residuals, int first, long[] gradient) {
    if (block.trainingRows == 0) {
      return;
    }
    backwardDense(block, residuals, first, gradient);
    if (block.valuesOfColumns.length > 0) {
      sparse.add(block, residuals, first, gradient);
    }
  }

  /** Adds the gradients that {@link #backward} has kept back. */
  void finish(long[] gradient) {
    sparse.finish(gradient);
  }

  private void backwardDense(FloatBlock block, float[] residuals, int first, long[] gradient) {
    int[] columns = block.denseColumns;
    for (int from = 0; from < columns.length; from += PANEL) {
      int count = Math.min(PANEL, columns.length - from);
      for (int i = 0; i < count; i += TILE) {
        int tile = Math.min(TILE, count - i);
        sumDenseGradients(block, from + i, tile, residuals, first);
        VectorBlockKernel.joinStrands(strands, tile * classes, gradients, i * classes);
      }
      addRounded(columns, from, count, gradient);
    }
  }

  /** Sums the strands of the gradients of a tile. */
  private void sumDenseGradients(
      FloatBlock block, int from, int count, float[] residuals, int first) {
    int strip = block.denseColumns.length * FloatBlock.STRIP;
    int distance = classes * STRANDS;
    // Bundles go down and columns go up: so what belongs there overwrites the padding.
    for (int b = (bundles - 1) / 2 * 2; b >= 0; b -= 2) {
      for (int h = 0; h < STRANDS; h += LANES) {
        int x = from * FloatBlock.STRIP + h;
        int y = first + b * BUNDLE * RowBlock.ROWS + h;
        int to = b * BUNDLE * STRANDS + h;
        if (b + 1 < bundles) {
          VectorFloatLoops.sumDenseGradientsOfTwo(
              block.denseValues,
              x,
              count,
              strip,
              block.trainingRows,
              residuals,
              y,
              strands,
              to,
              distance);
        } else {
          VectorFloatLoops.sumDenseGradients(
              block.denseValues,
              x,
              count,
              strip,
              block.trainingRows,
              residuals,
              y,
              strands,
              to,
              distance);
        }
      }
    }
  }

  /** Rounds and adds the gradients of some columns. Neighbouring columns go at once. */
  private void addRounded(int[] columns, int from, int count, long[] gradient) {
    for (int i = 0; i < count; ) {
      int run = i + 1;
      while (run < count && columns[from + run] == columns[from + run - 1] + 1) {
        run++;
      }
      int to = columns[from + i] * classes;
      VectorLoops.addRounded(
          gradients, i * classes, (run - i) * classes, gradientScale, gradient, to);
      i = run;
    }
  }
}
