package dev.onehot.data;

import dev.onehot.math.FeatureTotals;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import dev.onehot.spark.DirectRdd;
import dev.onehot.spark.TaskRows;
import dev.onehot.spark.TreeDepth;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaRDD;

/**
 * Counts and sums over all rows, which training needs before it begins, and the fingerprint of the
 * rows. All numbers are exact integers, so they are the same for any partitions.
 *
 * @param rows the number of all rows, with those held back
 * @param trainingRows the number of rows to train on
 * @param nonZeros the number of non-zero values in all rows
 * @param memoryBytes the bytes of all blocks on the heap
 * @param totals the values of the training rows, feature by feature
 * @param classCounts for each class, the number of its training rows
 * @param fingerprint 64 bits that depend on the labels, the values and the order of all rows. They
 *     do not depend on the number of files, their compression, the partitions or the share held
 *     back. They protect against mistakes, not against an adversary
 */
public record DataProfile(
    long rows,
    long trainingRows,
    long nonZeros,
    long memoryBytes,
    FeatureTotals totals,
    long[] classCounts,
    long fingerprint) {

  /**
   * Profiles blocks in one distributed pass.
   *
   * @param blocks from {@link RowSource#blocks}; not empty
   * @param features the columns of every block
   * @param classes labels are 0 … {@code classes - 1}
   */
  public static DataProfile of(JavaRDD<RowBlock> blocks, int features, int classes) {
    return of(blocks, features, classes, rows -> {});
  }

  /**
   * The same.
   *
   * @param progress gets the number of rows that have been read so far, on any thread
   */
  public static DataProfile of(
      JavaRDD<RowBlock> blocks, int features, int classes, LongConsumer progress) {
    int partitions = blocks.getNumPartitions();
    int depth = TreeDepth.of(partitions, DataProfileAggregator.bytes(features, classes));
    DirectRdd<RowBlock, RowBlock> read = DirectRdd.of(blocks);
    return TaskRows.follow(
            blocks.context(),
            progress,
            () -> read.treeAggregate(new DataProfileAggregator(classes), depth))
        .profile();
  }

  /** The number of features. */
  public int features() {
    return totals.features();
  }

  /** For each feature, Σv of its raw values over the training rows. */
  public long[] sums() {
    return totals.sums();
  }

  /** For each feature, Σv² of its raw values over the training rows. */
  public long[] sumsOfSquares() {
    return totals.sumsOfSquares();
  }

  /**
   * For each feature, the mean square of the scaled values s·v over the training rows: {@code Σv² /
   * (N/s²)}.
   *
   * @param values describes the raw features; s is their scale
   */
  public double[] meanSquares(FeatureValues values) {
    double scale = values.scaling().scale(0);
    double divisor = 1 / scale / scale * trainingRows;
    return Arrays.stream(sumsOfSquares()).mapToDouble(sum -> sum / divisor).toArray();
  }
}
