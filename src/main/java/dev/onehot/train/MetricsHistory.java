package dev.onehot.train;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * What was measured before each update, as plain numbers: a long training does not fill the heap
 * with objects. Of most trainings all fits into one chunk, made at the first iteration.
 */
final class MetricsHistory extends AbstractList<IterationMetrics> implements RandomAccess {

  /** 512 kB: some 3,000 iterations of 10 classes, 64 of 1,000. */
  private static final int CHUNK_NUMBERS = 1 << 16;

  /** All of an iteration's but the active shares. */
  private static final int SCALARS = 11;

  private final int iterations;
  private final List<double[]> chunks = new ArrayList<>();
  private int size;

  /** Numbers of an iteration, and iterations of a chunk; known with the first. */
  private int stride;

  private int perChunk;

  /**
   * @param iterations how many are going to be added
   */
  MetricsHistory(int iterations) {
    this.iterations = iterations;
  }

  @Override
  public boolean add(IterationMetrics metrics) {
    double[] activeShares = metrics.activeShares();
    if (size == 0) {
      stride = SCALARS + activeShares.length;
      perChunk = Math.max(1, Math.min(CHUNK_NUMBERS / stride, iterations));
    }
    if (size == chunks.size() * perChunk) {
      chunks.add(new double[perChunk * stride]);
    }
    double[] chunk = chunks.get(size / perChunk);
    int at = size % perChunk * stride;
    boolean validated = metrics.validationLoss() != null;
    chunk[at++] = metrics.iteration();
    chunk[at++] = metrics.loss();
    chunk[at++] = metrics.penalty();
    chunk[at++] = metrics.accuracy();
    chunk[at++] = metrics.gradientNorm();
    chunk[at++] = metrics.learningRate();
    // Exact: there are fewer than 2⁵³ rows.
    chunk[at++] = metrics.undecidedRows();
    chunk[at++] = validated ? 1 : 0;
    chunk[at++] = validated ? metrics.validationLoss() : 0;
    chunk[at++] = validated ? metrics.validationAccuracy() : 0;
    chunk[at++] = metrics.milliseconds();
    System.arraycopy(activeShares, 0, chunk, at, activeShares.length);
    size++;
    return true;
  }

  @Override
  public IterationMetrics get(int index) {
    Objects.checkIndex(index, size);
    double[] chunk = chunks.get(index / perChunk);
    int at = index % perChunk * stride;
    boolean validated = chunk[at + 7] != 0;
    return new IterationMetrics(
        (int) chunk[at],
        chunk[at + 1],
        chunk[at + 2],
        chunk[at + 3],
        chunk[at + 4],
        chunk[at + 5],
        (long) chunk[at + 6],
        Arrays.copyOfRange(chunk, at + SCALARS, at + stride),
        validated ? chunk[at + 8] : null,
        validated ? chunk[at + 9] : null,
        chunk[at + 10]);
  }

  @Override
  public int size() {
    return size;
  }
}
