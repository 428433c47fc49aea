package dev.onehot.data;

import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import dev.onehot.spark.DirectRdd;
import dev.onehot.spark.TreeDepth;
import java.math.BigInteger;
import org.apache.spark.api.java.JavaRDD;

/**
 * What training must know of its data before it begins, and what tells one input from another. All
 * of it is exact integers, so it is the same for any partitioning.
 *
 * @param rows all rows, held-back ones included
 * @param trainingRows the rows that are trained on
 * @param nonZeros non-zero values in all rows
 * @param memoryBytes of all blocks on the heap
 * @param sums for each feature, Σv over the training rows of its raw values
 * @param sumsOfSquares for each feature, Σv² over the same
 * @param classCounts for each class, its training rows
 * @param fingerprint 64 bits of all rows: labels, values, and their order. Neither the files' cut
 *     and compression nor the partitions nor the held-back share changes it. Good against mistakes,
 *     not against an adversary
 */
public record DataProfile(
    long rows,
    long trainingRows,
    long nonZeros,
    long memoryBytes,
    long[] sums,
    long[] sumsOfSquares,
    long[] classCounts,
    long fingerprint) {

  /**
   * Profiles blocks in one distributed pass.
   *
   * @param blocks what {@link RowSource#blocks} gave; not empty
   * @param features the columns of every block
   * @param classes labels are 0 … {@code classes - 1}
   */
  public static DataProfile of(JavaRDD<RowBlock> blocks, int features, int classes) {
    int partitions = blocks.getNumPartitions();
    return DirectRdd.of(blocks)
        .treeAggregate(
            new DataProfileAggregator(classes),
            TreeDepth.of(partitions, DataProfileAggregator.bytes(features, classes)))
        .profile();
  }

  public int features() {
    return sums.length;
  }

  /** The share of values, in all rows, that isn't zero. */
  public double density() {
    return (double) nonZeros / rows / features();
  }

  /**
   * For each feature, the population variance over the training rows of what the model sees, s·v:
   * {@code (N·Σv² − (Σv)²) / (N/s)²}, with a numerator that is exact, as it can be wider than 64
   * bits.
   *
   * @param values what the raw features are; s is their scale
   */
  public double[] variances(FeatureValues values) {
    BigInteger n = BigInteger.valueOf(trainingRows);
    double divisor = 1 / values.scale() * trainingRows;
    double[] variances = new double[features()];
    for (int j = 0; j < variances.length; j++) {
      BigInteger sum = BigInteger.valueOf(sums[j]);
      BigInteger numerator =
          n.multiply(BigInteger.valueOf(sumsOfSquares[j])).subtract(sum.multiply(sum));
      variances[j] = numerator.doubleValue() / divisor / divisor;
    }
    return variances;
  }
}
