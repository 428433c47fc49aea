package dev.onehot.math;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/**
 * The block kernel in vectors. It gives the same bits as {@link ScalarBlockKernel}. Only {@link
 * VectorSoftmax}, {@link VectorLoops} and {@link VectorFloatLoops} use {@code
 * jdk.incubator.vector}. Blocks of real numbers are multiplied by {@link VectorFloatProducts}.
 *
 * <p>For dense columns and the softmax the lanes are rows, so padding wastes no lane. Classes are
 * taken in bundles of {@link VectorLoops#BUNDLE}. The gradient by a dense column is summed in
 * {@link #STRANDS} strands; at the end these are added across lanes, in the prescribed order.
 *
 * <p>For sparse columns the lanes are classes, cut into chunks of {@code LANES}. The last chunk is
 * padded with weights of 0. Between the two, numbers are transposed.
 */
final class VectorBlockKernel extends AbstractBlockKernel {

  private static final int LANES = VectorLoops.LANES;
  private static final int BUNDLE = VectorLoops.BUNDLE;

  /** A tile: this many dense columns, whose strands are held at a time. They fill whole ints. */
  private static final int TILE = 16;

  /** A panel: this many columns, whose gradients are held at a time. */
  private static final int PANEL = 256;

  private final int chunks;
  private final int bundles;

  /** For each chunk its weights, F (+ 1 if there is a bias) × LANES; null until needed. */
  private float[][] chunkWeights;

  /**
   * For each pair of bundles its weights, F × 2 · BUNDLE; for an odd last one F × BUNDLE; null
   * until needed.
   */
  private float[][] bundleWeights;

  /**
   * For each chunk ROWS × LANES: first the part of the logits that sparse columns give, then the
   * residuals.
   */
  private final float[][] transposed;

  /** The weights of a pair of bundles for the block's dense columns alone. */
  private float[] denseWeights;

  /** C × ROWS: the part of the logits that dense columns give, then all of it but the bias. */
  private final float[] logits;

  /**
   * C × ROWS from {@link #firstResidual} on: (P − onehot(y)) ⊙ f'(Z) of the training rows. Behind
   * them it is 0, as far as strands reach.
   */
  private final float[] residuals;

  private final Alignment alignment;

  /** The index of the first residual, so that they are aligned; found anew for each block. */
  private int firstResidual;

  private final VectorSoftmax softmax;

  /** TILE × C × STRANDS: the strands of the gradients of a tile; behind them room for padding. */
  private final float[] strands;

  /** PANEL × C: the block's gradient by the weights of a panel; behind it room for padding. */
  private final float[] gradients;

  /** Null until the first block of real numbers. */
  private VectorFloatProducts floats;

  VectorBlockKernel(RoundedWeights weights) {
    super(weights);
    chunks = (classes + LANES - 1) / LANES;
    bundles = (classes + BUNDLE - 1) / BUNDLE;
    transposed = new float[chunks][RowBlock.ROWS * LANES];
    logits = new float[bundles * BUNDLE * RowBlock.ROWS];
    residuals = new float[bundles * BUNDLE * RowBlock.ROWS + LANES];
    alignment = new Alignment(residuals, LANES * Float.BYTES);
    softmax = new VectorSoftmax(weights, logits, residuals, labelGaps, denominators);
    strands = new float[((TILE + 1) * classes + BUNDLE + LANES) * STRANDS];
    gradients = new float[(PANEL + 1) * classes + LANES];
  }

  /** Lays out the weights for blocks of bytes. Blocks of real numbers read them as they are. */
  private void layOutWeights() {
    chunkWeights = new float[chunks][];
    for (int v = 0; v < chunks; v++) {
      chunkWeights[v] = cut(v * LANES, LANES, weights.inputs());
    }
    bundleWeights = new float[(bundles + 1) / 2][];
    for (int b = 0; b < bundles; b += 2) {
      bundleWeights[b / 2] = cut(b * BUNDLE, (b + 1 < bundles ? 2 : 1) * BUNDLE, features);
    }
    denseWeights = new float[2 * features * BUNDLE];
  }

  /** Copies the weights of some classes, inputs × width, padded with 0. */
  private float[] cut(int from, int width, int inputs) {
    float[] cut = new float[inputs * width];
    int count = Math.min(width, classes - from);
    for (int j = 0; j < inputs; j++) {
      System.arraycopy(weights.values(), j * classes + from, cut, j * width, count);
    }
    return cut;
  }

  /** Made by reflection, if the vector module is there. */
  static final class Factory implements Function<RoundedWeights, BlockKernel> {

    @Override
    public BlockKernel apply(RoundedWeights weights) {
      return new VectorBlockKernel(weights);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "SIMD float32, %d bits", LANES * Float.SIZE);
    }
  }

  @Override
  void forward(ByteBlock block) {
    if (chunkWeights == null) {
      layOutWeights();
    }
    firstResidual = alignment.first();
    forwardDense(block);
    forwardSparse(block);
  }

  private void forwardDense(ByteBlock block) {
    int[] values = block.denseValues;
    char[] columns = block.denseColumns;
    if (columns.length == 0) {
      Arrays.fill(logits, 0);
      return;
    }
    int distance = ByteBlock.denseAt(columns.length, 0, LANES);
    for (int pair = 0; pair < bundleWeights.length; pair++) {
      int width = bundleWeights[pair].length / features;
      boolean two = width > BUNDLE;
      int step = two ? LANES : 2 * LANES;
      int end = columns.length * width;
      gatherWeights(columns, bundleWeights[pair], width);
      for (int r = 0; r < block.rows(); r += step) {
        int x = ByteBlock.denseAt(columns.length, 0, r);
        int z = pair * 2 * BUNDLE * RowBlock.ROWS + r;
        if (two) {
          VectorLoops.sumDenseLogitsOfTwo(values, x, denseWeights, end, logits, z);
        } else {
          VectorLoops.sumDenseLogits(values, x, distance, denseWeights, end, logits, z);
        }
      }
    }
  }

  private void forwardSparse(ByteBlock block) {
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

  /** Puts the weights of some columns side by side. Neighbouring columns are copied at once. */
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
    for (int start = from - from % LANES; start < to; start += LANES) {
      int first = Math.max(from, start);
      int end = Math.min(to, start + LANES);
      softmax.forward(start, first, end, block.labels);
      if (rowWeights.differ()) {
        softmax.addWeights(start, first, end, rowWeights.multiples, statistics);
      }
      if (from < block.trainingRows) {
        softmax.backward(firstResidual + start);
      }
    }
    if (from < block.trainingRows) {
      rowWeights.weigh(residuals, firstResidual, classes, to);
    }
    softmax.addUndecided(statistics);
    if (!rowWeights.differ()) {
      softmax.addCounts(to - from, rowWeights.one, statistics);
    }
  }

  /** Copies some rows' residuals for the sparse columns, with classes as lanes. */
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
  void backward(ByteBlock block, long[] gradient) {
    clearResiduals(block.trainingRows);
    backwardDense(block, gradient);
    if (block.sparseColumns.length > 0) {
      transposeResiduals(0, block.trainingRows);
      backwardSparse(block, gradient);
    }
  }

  private void backwardDense(ByteBlock block, long[] gradient) {
    char[] columns = block.denseColumns;
    for (int first = 0; first < columns.length; first += PANEL) {
      int count = Math.min(PANEL, columns.length - first);
      for (int i = 0; i < count; i += TILE) {
        int tile = Math.min(TILE, count - i);
        sumDenseGradients(block, first + i, tile);
        joinStrands(strands, tile * classes, gradients, i * classes);
      }
      addRounded(columns, first, count, gradient);
    }
  }

  private void backwardSparse(ByteBlock block, long[] gradient) {
    char[] columns = block.sparseColumns;
    for (int first = 0; first < columns.length; first += PANEL) {
      int count = Math.min(PANEL, columns.length - first);
      sumSparseGradients(block, first, count);
      addRounded(columns, first, count, gradient);
    }
  }

  /** Puts 0 behind the training rows, as far as the strands of dense columns and bias reach. */
  private void clearResiduals(int trainingRows) {
    int end = (trainingRows + STRANDS - 1) / STRANDS * STRANDS;
    for (int c = 0; c < classes; c++) {
      int y = firstResidual + c * RowBlock.ROWS;
      Arrays.fill(residuals, y + trainingRows, y + end, 0);
    }
  }

  /** Sums the strands of the gradients of a tile. */
  private void sumDenseGradients(ByteBlock block, int first, int count) {
    int[] values = block.denseValues;
    int strip = ByteBlock.stripLength(block.denseColumns.length);
    int distance = classes * STRANDS;
    // Bundles go down and columns go up: so what belongs there overwrites the padding.
    for (int b = (bundles - 1) / 2 * 2; b >= 0; b -= 2) {
      for (int h = 0; h < STRANDS; h += LANES) {
        int x = ByteBlock.denseAt(block.denseColumns.length, first, h);
        int y = firstResidual + b * BUNDLE * RowBlock.ROWS + h;
        int to = b * BUNDLE * STRANDS + h;
        if (b + 1 < bundles) {
          VectorLoops.sumDenseGradientsOfTwo(
              values, x, count, strip, block.trainingRows, residuals, y, strands, to, distance);
        } else {
          VectorLoops.sumDenseGradients(
              values, x, count, strip, block.trainingRows, residuals, y, strands, to, distance);
        }
      }
    }
  }

  /** Sums the gradients of a panel of sparse columns. */
  private void sumSparseGradients(ByteBlock block, int first, int count) {
    // Chunks go down and columns go up, for the same reason.
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
   * Adds up the strands of {@code count} entries of the gradient. A step joins two vectors to one:
   * each adds its lanes in pairs, and half of the new lanes are the first one's sums, the other
   * half the second one's. So at the end each lane has the sum of one entry, in order.
   */
  static void joinStrands(float[] strands, int count, float[] gradients, int to) {
    for (int at = 0; at < count * STRANDS; at += LANES * STRANDS) {
      VectorLoops.joinToFour(strands, at);
    }
    for (int i = 0; i < count; i += LANES) {
      VectorLoops.joinFour(strands, i * STRANDS, gradients, to + i);
    }
  }

  @Override
  void forward(FloatBlock block) {
    firstResidual = alignment.first();
    if (floats == null) {
      floats = new VectorFloatProducts(weights, logits, transposed);
    }
    floats.forward(block);
  }

  @Override
  void backward(FloatBlock block, long[] gradient) {
    clearResiduals(block.trainingRows);
    floats.backward(block, residuals, firstResidual, gradient);
  }

  @Override
  public void finish(GradientSum sum) {
    if (floats != null) {
      floats.finish(sum.gradient);
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
      joinStrands(strands, count, gradients, first);
    }
    VectorLoops.addRounded(gradients, 0, classes, gradientScale, gradient, features * classes);
  }

  /** Rounds and adds the gradients of some columns. Neighbouring columns go at once. */
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
