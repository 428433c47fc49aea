package dev.onehot.data;

import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import dev.onehot.math.RowBlock;
import dev.onehot.spark.Aggregator;
import java.util.Locale;

/**
 * Adds up a {@link DataProfile}: first the blocks of a partition, then the partitions. It creates
 * its arrays at the first block, so that the empty aggregator sent to the tasks is small.
 *
 * <p>Neither a record nor a class with a record in it: {@code spark.serializer} serializes a task's
 * result, and Kryo cannot read records.
 */
final class DataProfileAggregator implements Aggregator<RowBlock, DataProfileAggregator> {

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

  /** The bytes of one partition's arrays. */
  static long bytes(int features, int classes) {
    return (2L * features + classes) * Long.BYTES;
  }

  @Override
  public DataProfileAggregator add(RowBlock block) {
    allocate(block.features());
    rows += block.rows();
    trainingRows += block.trainingRows();
    nonZeros += block.nonZeros();
    memoryBytes += block.memoryBytes();
    count(block);
    fingerprint += block.fingerprint();
    block.addMoments(sums, sumsOfSquares);
    return this;
  }

  private void count(RowBlock block) {
    for (int r = 0; r < block.rows(); r++) {
      int label = block.labels()[r];
      if (label >= classes) {
        throw new InputException(
            SettingNames.format(
                "a row has the label %d, but %d classes have the labels 0 to %d; give ⟨classes⟩ %d"
                    + " or more, or mend the rows",
                label, classes, classes - 1, label + 1));
      }
      if (r < block.trainingRows()) {
        classCounts[label]++;
      }
    }
  }

  @Override
  public DataProfileAggregator merge(DataProfileAggregator other) {
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
   * The profile of all added blocks.
   *
   * @throws IllegalStateException if no block was added
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
          String.format(
              Locale.ROOT, "a block of %d features among blocks of %d", features, sums.length));
    }
  }

  private static void addTo(long[] sum, long[] other) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
  }
}
