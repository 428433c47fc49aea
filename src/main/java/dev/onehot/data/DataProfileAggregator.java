package dev.onehot.data;

import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import dev.onehot.math.FeatureTotals;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import dev.onehot.spark.Aggregator;

/**
 * Adds up a {@link DataProfile}: first the blocks of a partition, then the partitions. It creates
 * its arrays at the first block, so that the empty aggregator sent to the tasks is small.
 *
 * <p>Neither a record nor a class with a record in it: {@code spark.serializer} serializes a task's
 * result, and Kryo cannot read records.
 */
final class DataProfileAggregator implements Aggregator<RowBlock, DataProfileAggregator> {

  private static final long serialVersionUID = 3L;

  private final int classes;
  private final long allRows;
  private long rows;
  private long trainingRows;
  private long nonZeros;
  private long memoryBytes;
  private long fingerprint;
  private FeatureTotals totals;
  private long[] classCounts;

  /**
   * @param classes labels are 0 … C − 1
   * @param allRows the number of all rows
   */
  DataProfileAggregator(int classes, long allRows) {
    this.classes = classes;
    this.allRows = allRows;
  }

  /** The bytes of one partition's arrays. */
  static long bytes(int features, int classes) {
    return FeatureTotals.bytes(features) + (long) classes * Long.BYTES;
  }

  @Override
  public DataProfileAggregator add(RowBlock block) {
    if (totals == null) {
      totals = FeatureTotals.of(block, allRows);
      classCounts = new long[classes];
    }
    rows += block.rows();
    trainingRows += block.trainingRows();
    nonZeros += block.nonZeros();
    memoryBytes += block.memoryBytes();
    count(block);
    fingerprint += block.fingerprint();
    totals.add(block);
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
    if (other.totals == null) {
      return this;
    }
    if (totals == null) {
      return other;
    }
    rows += other.rows;
    trainingRows += other.trainingRows;
    nonZeros += other.nonZeros;
    memoryBytes += other.memoryBytes;
    fingerprint += other.fingerprint;
    totals.merge(other.totals);
    for (int c = 0; c < classes; c++) {
      classCounts[c] += other.classCounts[c];
    }
    return this;
  }

  /**
   * The profile of all added blocks.
   *
   * @param values what the numbers in them are
   * @throws IllegalStateException if no block was added
   */
  DataProfile profile(FeatureValues values) {
    if (totals == null) {
      throw new IllegalStateException("there is no block to profile");
    }
    return new DataProfile(
        rows, trainingRows, nonZeros, memoryBytes, values, totals, classCounts, fingerprint);
  }
}
