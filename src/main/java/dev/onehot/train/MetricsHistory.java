package dev.onehot.train;

import java.nio.DoubleBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The metrics before each update, stored as plain numbers, so that a long training does not fill
 * the heap with objects. For most trainings one chunk is enough, which is created at the first
 * iteration.
 */
final class MetricsHistory extends AbstractList<IterationMetrics> implements RandomAccess {

  /**
   * The most numbers of a chunk, 512 kB: about 3,000 iterations with 10 classes, or 64 with 1,000.
   */
  private static final int CHUNK_NUMBERS = 1 << 16;

  /** The numbers of an iteration without its active shares. */
  private static final int SCALARS = 12;

  private final int iterations;
  private final List<double[]> chunks = new ArrayList<>();
  private int size;

  /**
   * The number of classes, known from the first iteration. So are the next two: the numbers of an
   * iteration, and the iterations of a chunk.
   */
  private int classes;

  private int stride;
  private int perChunk;

  /**
   * @param iterations the most iterations that will be added
   */
  MetricsHistory(int iterations) {
    this.iterations = iterations;
  }

  @Override
  public boolean add(IterationMetrics metrics) {
    if (size == 0) {
      classes = metrics.activeShares().length;
      stride = SCALARS + classes;
      perChunk = Math.max(1, Math.min(CHUNK_NUMBERS / stride, iterations));
    }
    if (size == chunks.size() * perChunk) {
      chunks.add(new double[perChunk * stride]);
    }
    write(metrics, numbers(size));
    size++;
    return true;
  }

  @Override
  public IterationMetrics get(int index) {
    Objects.checkIndex(index, size);
    return read(numbers(index));
  }

  private DoubleBuffer numbers(int index) {
    return DoubleBuffer.wrap(chunks.get(index / perChunk), index % perChunk * stride, stride);
  }

  private static void write(IterationMetrics metrics, DoubleBuffer to) {
    boolean validated = metrics.validationLoss() != null;
    to.put(metrics.iteration())
        .put(metrics.loss())
        .put(metrics.penalty())
        .put(metrics.accuracy())
        .put(metrics.gradientNorm())
        .put(metrics.learningRate())
        .put(metrics.negativeSlope())
        // Exact: there are fewer than 2⁵³ rows.
        .put(metrics.undecidedRows())
        .put(metrics.activeShares())
        .put(validated ? 1 : 0)
        .put(validated ? metrics.validationLoss() : 0)
        .put(validated ? metrics.validationAccuracy() : 0)
        .put(metrics.milliseconds());
  }

  /** Reads the numbers in the order in which {@link #write} wrote them. */
  private IterationMetrics read(DoubleBuffer from) {
    int iteration = (int) from.get();
    double loss = from.get();
    double penalty = from.get();
    double accuracy = from.get();
    double gradientNorm = from.get();
    double learningRate = from.get();
    double negativeSlope = from.get();
    long undecidedRows = (long) from.get();
    double[] activeShares = new double[classes];
    from.get(activeShares);
    boolean validated = from.get() != 0;
    double validationLoss = from.get();
    double validationAccuracy = from.get();
    return new IterationMetrics(
        iteration,
        loss,
        penalty,
        accuracy,
        gradientNorm,
        learningRate,
        negativeSlope,
        undecidedRows,
        activeShares,
        validated ? validationLoss : null,
        validated ? validationAccuracy : null,
        from.get());
  }

  @Override
  public int size() {
    return size;
  }
}
