package dev.onehot.data;

import dev.onehot.math.ByteBlock;
import dev.onehot.math.FeatureScaling;
import dev.onehot.math.FeatureTotals;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import dev.onehot.math.ScalingKind;
import dev.onehot.spark.DirectRdd;
import dev.onehot.spark.TaskRows;
import dev.onehot.spark.TreeDepth;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Counts and sums over all rows, which training needs before it begins, and the fingerprint of the
 * rows. All numbers are exact integers, so they are the same for any partitions. Each row counts
 * once, whatever its weight.
 *
 * @param rows the number of all rows, with those held back
 * @param trainingRows the number of rows to train on
 * @param nonZeros the number of non-zero values in all rows
 * @param memoryBytes the bytes of all blocks on the heap
 * @param values what the numbers in blocks are
 * @param totals the training rows, feature by feature, as blocks hold them
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
    FeatureValues values,
    FeatureTotals totals,
    long[] classCounts,
    long fingerprint) {

  /**
   * Profiles blocks of bytes in one distributed pass.
   *
   * @param blocks from {@link RowSource#blocks}; not empty
   * @param features the columns of every block
   * @param classes labels are 0 … {@code classes - 1}
   */
  public static DataProfile of(JavaRDD<RowBlock> blocks, int features, int classes) {
    return of(blocks, ByteBlock.VALUES, features, Long.MAX_VALUE, classes, rows -> {});
  }

  /**
   * Profiles the blocks of a source in one distributed pass.
   *
   * @param blocks from {@link RowSource#blocks}; not empty
   * @param source where they come from
   * @param classes labels are 0 … {@code classes - 1}
   * @param progress gets the number of rows that have been read so far, on any thread
   */
  public static DataProfile of(
      JavaRDD<RowBlock> blocks, RowSource source, int classes, LongConsumer progress) {
    return of(blocks, source.values(), source.features(), source.rows(), classes, progress);
  }

  private static DataProfile of(
      JavaRDD<RowBlock> blocks,
      FeatureValues values,
      int features,
      long rows,
      int classes,
      LongConsumer progress) {
    int partitions = blocks.getNumPartitions();
    int depth = TreeDepth.of(partitions, DataProfileAggregator.bytes(features, classes));
    DirectRdd<RowBlock, RowBlock> read = DirectRdd.of(blocks);
    DataProfileAggregator empty = new DataProfileAggregator(classes, rows);
    return TaskRows.follow(blocks.context(), progress, () -> read.treeAggregate(empty, depth))
        .profile(values);
  }

  /** The number of features. */
  public int features() {
    return totals.features();
  }

  /** A feature's least raw value. */
  public double least(int feature) {
    return raw(totals.least(feature), feature);
  }

  /** A feature's largest raw value. */
  public double largest(int feature) {
    return raw(totals.largest(feature), feature);
  }

  /** The mean of a feature's raw values. */
  public double mean(int feature) {
    return raw(totals.mean(feature), feature);
  }

  /** The variance of a feature's raw values, {@code Σ(v − mean)²/N}. */
  public double variance(int feature) {
    return Math.scalb(totals.variance(feature), 2 * values.exponent(feature));
  }

  private double raw(double value, int feature) {
    return Math.scalb(value, values.exponent(feature));
  }

  /**
   * What a model makes of these features.
   *
   * @param kind how the figures of the rows make it
   */
  public FeatureScaling scaling(ScalingKind kind) {
    return switch (kind) {
      case NONE -> FeatureScaling.uniform(1);
      case MAX ->
          values.areRaw()
              ? values.scaling()
              : FeatureScaling.of(each(j -> 1 / orOne(magnitude(j))), null);
      case STANDARD ->
          FeatureScaling.of(
              each(j -> 1 / (totals.isConstant(j) ? orOne(magnitude(j)) : Math.sqrt(variance(j)))),
              each(this::mean));
    };
  }

  private double[] each(IntToDoubleFunction figure) {
    return IntStream.range(0, features()).mapToDouble(figure).toArray();
  }

  private double magnitude(int feature) {
    return Math.max(Math.abs(least(feature)), Math.abs(largest(feature)));
  }

  private static double orOne(double magnitude) {
    return magnitude == 0 ? 1 : magnitude;
  }

  /**
   * For each feature, the mean square over the training rows of what the model makes of it, {@code
   * ((v − shift)·scale)²}.
   *
   * @param scaling what the model makes of the raw features
   */
  public double[] meanSquares(FeatureScaling scaling) {
    if (scaling.isUniform()) {
      double scale = scaling.scale(0);
      double divisor = 1 / scale / scale * trainingRows;
      return each(j -> Math.scalb(totals.squares(j), 2 * values.exponent(j)) / divisor);
    }
    return each(
        j -> {
          double offset = mean(j) - scaling.shift(j);
          double scale = scaling.scale(j);
          return (variance(j) + offset * offset) * scale * scale;
        });
  }
}
