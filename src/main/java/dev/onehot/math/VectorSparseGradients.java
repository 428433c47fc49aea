package dev.onehot.math;

import java.util.ArrayList;
import java.util.List;

/**
 * The gradients by the weights of sparse columns of real numbers, of several blocks at once.
 *
 * <p>A block of texts has two or three non-zeros a column. So what takes time is not the products
 * but to fetch and write back entries of the sum, which is larger than any cache. So blocks wait
 * with their residuals until there are many. Then a range of features is taken at a time, whose
 * entries of the sum stay in the cache while one block after another is added to them: on texts a
 * pass takes half the time. The bits are those of one block after another, as each block's
 * gradients are rounded for themselves.
 */
final class VectorSparseGradients {

  private static final int LANES = VectorLoops.LANES;

  /** This many columns of a block, whose gradients are held at a time. */
  private static final int PANEL = 64;

  /** The bytes of the sum for a range of features: they fit the cache of a core. */
  private static final int RANGE_BYTES = 1 << 19;

  /** The bytes of waiting residuals: they fit the cache that the cores share. */
  private static final int RESIDUAL_BYTES = 4 << 20;

  /** The bytes of waiting blocks: they may have been read from disk. */
  private static final long BLOCK_BYTES = 32L << 20;

  private final int classes;
  private final int width;
  private final int chunks;
  private final double gradientScale;

  /** PANEL × width: the gradients of some columns of a block; then room for padding. */
  private final float[] gradients;

  private final List<Waiting> waiting = new ArrayList<>();
  private int count;
  private long blockBytes;

  VectorSparseGradients(int classes, int chunks, double gradientScale) {
    this.classes = classes;
    this.chunks = chunks;
    this.gradientScale = gradientScale;
    width = chunks * LANES;
    gradients = new float[PANEL * width + LANES];
  }

  /** A block whose gradients aren't in the sum yet. */
  private static final class Waiting {

    private FloatBlock block;

    /** ROWS × width; 0 behind the last class. */
    private final float[] residuals;

    /** The first sparse column that isn't in the sum yet. */
    private int next;

    Waiting(int width) {
      residuals = new float[RowBlock.ROWS * width];
    }
  }

  /**
   * Takes a block.
   *
   * @param residuals D, C × ROWS from index {@code first} on; not needed any more afterwards
   */
  void add(FloatBlock block, float[] residuals, int first, long[] gradient) {
    if (count == waiting.size()) {
      waiting.add(new Waiting(width));
    }
    Waiting last = waiting.get(count++);
    last.block = block;
    last.next = 0;
    for (int c = 0; c < classes; c++) {
      int y = first + c * RowBlock.ROWS;
      for (int r = 0; r < block.trainingRows; r++) {
        last.residuals[r * width + c] = residuals[y + r];
      }
    }
    blockBytes += block.memoryBytes();
    long residualBytes = (long) (count + 1) * RowBlock.ROWS * width * Float.BYTES;
    if (residualBytes > RESIDUAL_BYTES || blockBytes > BLOCK_BYTES) {
      finish(gradient);
    }
  }

  /** Adds the gradients of all blocks that wait. */
  void finish(long[] gradient) {
    int range = Math.max(1, RANGE_BYTES / (classes * Long.BYTES));
    int features = gradient.length / classes;
    for (int from = 0; from < features && count > 0; from += range) {
      for (int i = 0; i < count; i++) {
        addColumns(waiting.get(i), Math.min(features, from + range), gradient);
      }
    }
    for (int i = 0; i < count; i++) {
      waiting.get(i).block = null;
    }
    count = 0;
    blockBytes = 0;
  }

  /** Adds the gradients of a block's columns up to but not with {@code limit}. */
  private void addColumns(Waiting part, int limit, long[] gradient) {
    int[] columns = part.block.sparseColumns;
    int from = part.next;
    while (from < columns.length && columns[from] < limit) {
      int most = Math.min(from + PANEL, columns.length);
      int end = from + 1;
      while (end < most && columns[end] < limit) {
        end++;
      }
      addPanel(part, from, end, gradient);
      from = end;
    }
    part.next = from;
  }

  private void addPanel(Waiting part, int from, int end, long[] gradient) {
    FloatBlock block = part.block;
    for (int v = 0, taken; v < chunks; v += taken) {
      taken = VectorFloatLoops.chunksAtATime(chunks - v);
      if (taken == 4) {
        VectorFloatLoops.sumSparseGradientsOfFour(
            block.rowsOfColumns,
            block.valuesOfColumns,
            block.columnStart,
            from,
            end - from,
            part.residuals,
            v * LANES,
            gradients,
            width);
      } else if (taken == 2) {
        VectorFloatLoops.sumSparseGradientsOfTwo(
            block.rowsOfColumns,
            block.valuesOfColumns,
            block.columnStart,
            from,
            end - from,
            part.residuals,
            v * LANES,
            gradients,
            width);
      } else {
        VectorFloatLoops.sumSparseGradients(
            block.rowsOfColumns,
            block.valuesOfColumns,
            block.columnStart,
            from,
            end - from,
            part.residuals,
            v * LANES,
            gradients,
            width);
      }
    }
    for (int i = 0; i < end - from; i++) {
      int to = block.sparseColumns[from + i] * classes;
      // The lanes behind the last class are 0, and change nothing of the next feature's sum.
      int length = Math.min(width, gradient.length - to);
      VectorLoops.addRounded(gradients, i * width, length, gradientScale, gradient, to);
    }
  }
}
