package dev.onehot.math;

import java.util.Arrays;
import java.util.function.Function;

/**
 * The block kernel in vectors: to the bit what {@link ScalarBlockKernel} gives. Vectors themselves
 * are in {@link VectorSoftmax} and {@link VectorLoops}, which alone know {@code
 * jdk.incubator.vector}.
 *
 * <p>Dense columns and the softmax have rows as lanes: none is wasted on padding. A gradient's sums
 * over rows are so many strands, which are added up across lanes in the end, in the prescribed
 * order. Sparse columns have classes as lanes, cut into chunks of {@code LANES}, the last one
 * padded with weights of 0. In between numbers are transposed.
 */
final class VectorBlockKernel extends AbstractBlockKernel {

  private static final int LANES = VectorLoops.LANES;
  private static final int GROUP = VectorLoops.GROUP;

  /** Dense columns whose gradients' partial sums are held at a time; they fill ints. */
  private static final int TILE = 16;

  /** Columns whose gradients are held at a time. */
  private static final int PANEL = 256;

  private final int chunks;
  private final int groups;

  /** For each chunk (F + 1 if bias) × LANES. */
  private final float[][] chunkWeights;

  /** For each two groups F × 2 · GROUP, for an odd last one F × GROUP. */
  private final float[][] groupWeights;

  /**
   * For each chunk ROWS × LANES: the part of the logits that sparse columns give, then in its place
   * the residuals.
   */
  private final float[][] transposed;

  /** The same of a block's dense columns alone. */
  private final float[] denseWeights;

  /** C × ROWS: the logits, at first the part that dense columns give; without the bias. */
  private final float[] logits;

  /**
   * C × ROWS from {@link #firstResidual} on: (P − onehot(y)) ⊙ f'(Z) of the training rows; 0 in
   * what strands reach behind them.
   */
  private final float[] residuals;

  private final Alignment alignment;

  /** Where residuals are aligned, of each block anew. */
  private int firstResidual;

  private final VectorSoftmax softmax;

  /** TILE × C × STRANDS: partial sums of dense columns' gradients. */
  private final float[] strands;

  /** PANEL × C: the block's gradient by the weights of some columns. */
  private final float[] gradients;

  VectorBlockKernel(RoundedWeights weights) {
    super(weights);
    chunks = (classes + LANES - 1) / LANES;
    groups = (classes + GROUP - 1) / GROUP;
    chunkWeights = new float[chunks][];
    for (int v = 0; v < chunks; v++) {
      chunkWeights[v] = cut(v * LANES, LANES, weights.inputs());
    }
    groupWeights = new float[(groups + 1) / 2][];
    for (int g = 0; g < groups; g += 2) {
      groupWeights[g / 2] = cut(g * GROUP, (g + 1 < groups ? 2 : 1) * GROUP, features);
    }
    transposed = new float[chunks][RowBlock.ROWS * LANES];
    denseWeights = new float[2 * features * GROUP];
    logits = new float[groups * GROUP * RowBlock.ROWS];
    residuals = new float[groups * GROUP * RowBlock.ROWS + LANES];
    alignment = new Alignment(residuals, LANES * Float.BYTES);
    softmax = new VectorSoftmax(weights, logits, residuals, labelGaps, denominators);
    strands = new float[((TILE + 1) * classes + GROUP + LANES) * STRANDS];
    gradients = new float[(PANEL + 1) * classes + LANES];
  }

  /** The weights of some classes by themselves, inputs × width, padded with 0. */
  private float[] cut(int from, int width, int inputs) {
    float[] cut = new float[inputs * width];
    int count = Math.min(width, classes - from);
    for (int j = 0; j < inputs; j++) {
      System.arraycopy(weights.values(), j * classes + from, cut, j * width, count);
    }
    return cut;
  }

  /** Made by reflection, where the vector module is there. */
  static final class Factory implements Function<RoundedWeights, BlockKernel> {

    @Override
    public BlockKernel apply(RoundedWeights weights) {
      return new VectorBlockKernel(weights);
    }

    @Override
    public String toString() {
      return "SIMD float32, %d bits".formatted(LANES * Float.SIZE);
    }
  }

  @Override
  void forward(RowBlock block) {
    firstResidual = alignment.first();
    forwardDense(block);
    forwardSparse(block);
  }

  private void forwardDense(RowBlock block) {
    int[] values = block.denseValues;
    char[] columns = block.denseColumns;
    if (columns.length == 0) {
      Arrays.fill(logits, 0);
      return;
    }
    int distance = RowBlock.denseAt(columns.length, 0, LANES);
    for (int pair = 0; pair < groupWeights.length; pair++) {
      int width = groupWeights[pair].length / features;
      boolean two = width > GROUP;
      int step = two ? LANES : 2 * LANES;
      int end = columns.length * width;
      gatherWeights(columns, groupWeights[pair], width);
      for (int r = 0; r < block.rows(); r += step) {
        int x = RowBlock.denseAt(columns.length, 0, r);
        int z = pair * 2 * GROUP * RowBlock.ROWS + r;
        if (two) {
          VectorLoops.sumDenseLogitsOfTwo(values, x, denseWeights, end, logits, z);
        } else {
          VectorLoops.sumDenseLogits(values, x, distance, denseWeights, end, logits, z);
        }
      }
    }
  }

  private void forwardSparse(RowBlock block) {
    if (block.values.length == 0) {
      return;
    }
    int rows = block.rows();
    for (int v = 0; v < chunks; v += 2) {
      if (v + 1 < chunks) {
        VectorLoops.sumSparseLogitsOfTwo(
            block.columns,
            block.values,
            block.rowStart,
            rows,
            chunkWeights[v],
            chunkWeights[v + 1],
            transposed[v],
            transposed[v + 1]);
      } else {
        VectorLoops.sumSparse(
            block.columns,
            block.values,
            block.rowStart,
            0,
            rows,
            chunkWeights[v],
            transposed[v],
            0,
            LANES);
      }
    }
    addSparseLogits(rows);
  }

  /** Adds the part of the logits that sparse columns give. */
  private void addSparseLogits(int rows) {
    for (int c = 0; c < classes; c++) {
      float[] chunk = transposed[c / LANES];
      for (int r = 0; r < rows; r++) {
        logits[c * RowBlock.ROWS + r] += chunk[r * LANES + c % LANES];
      }
    }
  }

  /** Puts the weights of some columns side by side, those of adjoining ones all at once. */
  private void gatherWeights(char[] columns, float[] bundle, int width) {
    for (int i = 0; i < columns.length; ) {
      int run = i + 1;
      while (run < columns.length && columns[run] == columns[run - 1] + 1) {
        run++;
      }
      System.arraycopy(bundle, columns[i] * width, denseWeights, i * width, (run - i) * width);
      i = run;
    }
  }

  @Override
  void differentiate(RowBlock block, int from, int to, RowStatistics statistics) {
    softmax.begin();
    for (int tile = from - from % LANES; tile < to; tile += LANES) {
      int first = Math.max(from, tile);
      int end = Math.min(to, tile + LANES);
      softmax.forward(tile, first, end, block.labels);
      if (from < block.trainingRows) {
        softmax.backward(firstResidual + tile);
      }
    }
    if (from < block.trainingRows && block.sparseColumns.length > 0) {
      transposeResiduals(from, to);
    }
    softmax.addCounts(to - from, statistics);
  }

  /** The residuals of some rows with classes as lanes, for the sparse columns. */
  private void transposeResiduals(int from, int to) {
    for (int c = 0; c < classes; c++) {
      float[] chunk = transposed[c / LANES];
      int y = firstResidual + c * RowBlock.ROWS;
      for (int r = from; r < to; r++) {
        chunk[r * LANES + c % LANES] = residuals[y + r];
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
      int y = firstResidual + c * RowBlock.ROWS;
      Arrays.fill(residuals, y + trainingRows, y + end, 0);
    }
  }

  /** The strands of the gradients of a tile of dense columns. */
  private void sumDenseGradients(RowBlock block, int first, int count) {
    int[] values = block.denseValues;
    int strip = RowBlock.stripLength(block.denseColumns.length);
    int distance = classes * STRANDS;
    // Groups downwards and columns upwards: so the padding is overwritten by what belongs there.
    for (int g = (groups - 1) / 2 * 2; g >= 0; g -= 2) {
      for (int h = 0; h < STRANDS; h += LANES) {
        int x = RowBlock.denseAt(block.denseColumns.length, first, h);
        int y = firstResidual + g * GROUP * RowBlock.ROWS + h;
        int to = g * GROUP * STRANDS + h;
        if (g + 1 < groups) {
          VectorLoops.sumDenseGradientsOfTwo(
              values, x, count, strip, block.trainingRows, residuals, y, strands, to, distance);
        } else {
          VectorLoops.sumDenseGradients(
              values, x, count, strip, block.trainingRows, residuals, y, strands, to, distance);
        }
      }
    }
  }

  /** The gradients of a panel of sparse columns. */
  private void sumSparseGradients(RowBlock block, int first, int count) {
    // Chunks downwards and columns upwards, for the same reason.
    for (int v = (chunks - 1) / 2 * 2; v >= 0; v -= 2) {
      if (v + 1 < chunks) {
        VectorLoops.sumSparseGradientsOfTwo(
            block.rowsOfColumns,
            block.valuesOfColumns,
            block.columnStart,
            first,
            count,
            transposed[v],
            transposed[v + 1],
            gradients,
            v * LANES,
            classes);
      } else {
        VectorLoops.sumSparse(
            block.rowsOfColumns,
            block.valuesOfColumns,
            block.columnStart,
            first,
            count,
            transposed[v],
            gradients,
            v * LANES,
            classes);
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
          int y = firstResidual + (first + i) * RowBlock.ROWS + h;
          VectorLoops.sumResiduals(residuals, y, trainingRows - h, strands, i * STRANDS + h);
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
