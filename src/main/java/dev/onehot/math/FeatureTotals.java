package dev.onehot.math;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * For each feature, sums, extremes and counts over the training rows of blocks, of the numbers as
 * blocks hold them ({@link FeatureValues}). All are integers, so they are the same in any order of
 * the blocks. Each row counts once, whatever its weight.
 *
 * <p>Not a record: results of tasks hold it, and Kryo, which clusters may have as their serializer,
 * cannot read records.
 */
public abstract sealed class FeatureTotals implements Serializable permits ByteTotals, RealTotals {

  private static final long serialVersionUID = 2L;

  final int features;
  private long rows;

  FeatureTotals(int features) {
    this.features = features;
  }

  /**
   * Empty totals.
   *
   * @param block a block like those that will be added
   * @param mostRows no more rows will be added in all; the fewer, the finer are the sums of real
   *     numbers
   */
  public static FeatureTotals of(RowBlock block, long mostRows) {
    return block instanceof ByteBlock
        ? new ByteTotals(block.features())
        : new RealTotals(block.features(), mostRows);
  }

  /**
   * The bytes of the arrays, at most: 104 a feature, or 32 beyond {@link RealTotals#MOST_BINNED}.
   * Of 1,048,576 features they are 32 MB for each task at work.
   */
  public static long bytes(int features) {
    return Math.max(
        features <= ByteBlock.MAX_FEATURES ? ByteTotals.arrayBytes(features) : 0,
        RealTotals.arrayBytes(features));
  }

  /**
   * Adds the training rows of a block.
   *
   * @throws IllegalArgumentException if it has other features
   */
  public final void add(RowBlock block) {
    require(block.features());
    rows += block.trainingRows();
    addRows(block);
  }

  abstract void addRows(RowBlock block);

  /**
   * Adds other rows.
   *
   * @throws IllegalArgumentException if they have other features
   */
  public final void merge(FeatureTotals other) {
    require(other.features);
    rows += other.rows;
    mergeTotals(other);
  }

  abstract void mergeTotals(FeatureTotals other);

  static void addTo(long[] sum, long[] other) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
  }

  private void require(int others) {
    if (features != others) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "rows of %d features among rows of %d", others, features));
    }
  }

  /** The number of features, F. */
  public final int features() {
    return features;
  }

  /** The number of training rows, N. */
  public final long rows() {
    return rows;
  }

  /** Σv of a feature, in units of {@code 2^-fractionBits}. */
  abstract long sum(int feature);

  /** Σv² of a feature, in the same units. */
  abstract long sumOfSquares(int feature);

  abstract int fractionBits();

  /** A feature's least value; 0 without rows. */
  public abstract double least(int feature);

  /** A feature's largest value; 0 without rows. */
  public abstract double largest(int feature);

  /** The number of rows in which a feature is 0. */
  public abstract long zeros(int feature);

  /** For each feature, the number of rows in which it is 0. */
  public final long[] zeros() {
    return IntStream.range(0, features).mapToLong(this::zeros).toArray();
  }

  /** Whether a feature has one value on all rows. */
  public final boolean isConstant(int feature) {
    return least(feature) == largest(feature);
  }

  /** A feature's mean; 0 without rows. */
  public final double mean(int feature) {
    return rows == 0 ? 0 : Math.scalb((double) sum(feature), -fractionBits()) / rows;
  }

  /** The sum of a feature's squares. */
  public final double squares(int feature) {
    return Math.scalb((double) sumOfSquares(feature), -fractionBits());
  }

  /**
   * A feature's variance, {@code Σ(v − mean)²/N = (N·Σv² − (Σv)²) / N²}; 0 without rows. The
   * numerator can be wider than 64 bits.
   */
  public final double variance(int feature) {
    if (rows == 0 || isConstant(feature)) {
      return 0;
    }
    BigInteger n = BigInteger.valueOf(rows);
    BigInteger s = BigInteger.valueOf(sum(feature));
    BigInteger squares = BigInteger.valueOf(sumOfSquares(feature)).shiftLeft(fractionBits());
    BigInteger numerator = n.multiply(squares).subtract(s.multiply(s));
    double variance = Math.scalb(numerator.doubleValue(), -2 * fractionBits()) / rows / rows;
    // Rounded sums of a feature that hardly varies may give less than a single row's part.
    double range = largest(feature) - least(feature);
    return Math.max(variance, range * range / (2.0 * rows));
  }

  /**
   * Where each bin begins. The first bin of whole numbers has 0 alone. Real numbers are counted as
   * {@link RealTotals} says.
   */
  public abstract double[] binStarts();

  /**
   * For each bin and each feature, the number of rows with a value in that bin; null beyond {@link
   * RealTotals#MOST_BINNED} features.
   */
  public abstract long[][] bins();
}
