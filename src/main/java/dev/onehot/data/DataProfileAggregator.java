package dev.onehot.data;

import dev.onehot.math.RowBlock;
import dev.onehot.math.SplitMix64;
import java.io.Serializable;

/**
 * Adds up a {@link DataProfile}: blocks within a partition, then partitions. Its arrays are made by
 * the first block, so that the zero sent to the tasks is small.
 *
 * <p>Not a record, nor with one in it: a task's result goes through {@code spark.serializer}, and
 * Kryo cannot read records.
 */
final class DataProfileAggregator implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int classes;
  private long rows;
  private long trainingRows;
  private long nonZeros;
  private long memoryBytes;
  private long fingerprint;
  private long[] sums;
  private long[] sumsOfSquares;
  private long[] classCounts;

  DataProfileAggregator(int classes) {
    this.classes = classes;
  }

  /** What the arrays of one partition take. */
  static long bytes(int features, int classes) {
    return (2L * features + classes) * Long.BYTES;
  }

  /** Takes in one block, which was built with these rows held back, and returns this. */
  DataProfileAggregator add(RowBlock block, HeldBackRows heldBack) {
    allocate(block.features());
    rows += block.rows();
    trainingRows += block.trainingRows();
    nonZeros += block.nonZeros();
    memoryBytes += block.memoryBytes();
    for (int r = 0; r < block.trainingRows(); r++) {
      classCounts[block.labels()[r]]++;
    }
    addRows(block, heldBack);
    return this;
  }

  /** Takes in another partition's, and returns this. */
  DataProfileAggregator merge(DataProfileAggregator other) {
    if (other.sums == null) {
      return this;
    }
    allocate(other.sums.length);
    rows += other.rows;
    trainingRows += other.trainingRows;
    nonZeros += other.nonZeros;
    memoryBytes += other.memoryBytes;
    fingerprint += other.fingerprint;
    addTo(sums, other.sums);
    addTo(sumsOfSquares, other.sumsOfSquares);
    addTo(classCounts, other.classCounts);
    return this;
  }

  /**
   * What was added up.
   *
   * @throws IllegalStateException if that was nothing
   */
  DataProfile profile() {
    if (sums == null) {
      throw new IllegalStateException("there is no block to profile");
    }
    return new DataProfile(
        rows, trainingRows, nonZeros, memoryBytes, sums, sumsOfSquares, classCounts, fingerprint);
  }

  private void allocate(int features) {
    if (sums == null) {
      sums = new long[features];
      sumsOfSquares = new long[features];
      classCounts = new long[classes];
    } else if (sums.length != features) {
      throw new IllegalArgumentException(
          "a block of %d features among blocks of %d".formatted(features, sums.length));
    }
  }

  /**
   * Adds each row's hash with its place in the input, and the values of those that train, in one
   * pass. Blocks keep held-back rows behind the training rows, so the places are counted again as
   * they were before.
   */
  private void addRows(RowBlock block, HeldBackRows heldBack) {
    long firstRow = block.index() * RowBlock.ROWS;
    int training = 0;
    int validation = block.trainingRows();
    for (int place = 0; place < block.rows(); place++) {
      int row = heldBack.contains(firstRow + place) ? validation++ : training++;
      addRow(block, row, firstRow + place);
    }
    if (training != block.trainingRows()) {
      throw new IllegalArgumentException(
          "block %d holds back other rows than %s".formatted(block.index(), heldBack));
    }
  }

  private void addRow(RowBlock block, int row, long place) {
    long hash = SplitMix64.mix(place * SplitMix64.GAMMA + block.features());
    hash = SplitMix64.mix(hash ^ block.labels()[row]);
    RowScan scan = new RowScan(hash, row < block.trainingRows());
    block.forEachNonZero(row, scan);
    fingerprint += SplitMix64.mix(scan.hash);
  }

  /** Hashes a row's non-zeros, and sums them up if the row trains. */
  private final class RowScan implements RowBlock.NonZeros {

    private final boolean trains;
    private long hash;

    RowScan(long hash, boolean trains) {
      this.hash = hash;
      this.trains = trains;
    }

    @Override
    public void take(int column, int value) {
      // A step of FNV-1a over 24 bits at a time, with the high bits brought back down.
      hash = (hash ^ (column << Byte.SIZE | value)) * SplitMix64.GAMMA;
      hash ^= hash >>> 32;
      if (trains) {
        sums[column] += value;
        sumsOfSquares[column] += value * value;
      }
    }
  }

  private static void addTo(long[] sum, long[] other) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
  }
}
