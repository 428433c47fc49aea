package dev.onehot.math;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * For each feature, sums, extremes and counts of its raw values over the training rows of blocks.
 * All are exact integers, so they are the same in any order of the blocks.
 *
 * <p>Not a record: results of tasks hold it, and Kryo, which clusters may have as their serializer,
 * cannot read records.
 */
public final class FeatureTotals implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Where values are counted: 0 alone, then the values up to 255 in four bins of equal width. */
  public static final ValueBins BINS = ByteBlock.BINS;

  /** The bins of the values that are stored in sparse columns: all but that of 0. */
  private static final int NON_ZERO_BINS = BINS.count() - 1;

  /** The bits of a bin's count in a long that counts the values of a block's column. */
  private static final int COUNT_BITS = Long.SIZE / BINS.count();

  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  /**
   * For each value, 1 in the count of its bin. 0 counts nowhere: it is the padding of sparse
   * columns, too, and what isn't counted is a zero.
   */
  private static final long[] ONE = new long[ByteBlock.MAX_VALUE + 1];

  static {
    for (int value = 1; value < ONE.length; value++) {
      ONE[value] = 1L << (BINS.of(value) - 1) * COUNT_BITS;
    }
  }

  private final int features;
  private long rows;
  private final long[] sums;
  private final long[] sumsOfSquares;
  private final long[] nonZeroBins;

  /** The least non-zero value less 1, or a larger number than any. */
  private final int[] leastLessOne;

  private final int[] largest;

  /** No rows yet. */
  public FeatureTotals(int features) {
    this.features = features;
    sums = new long[features];
    sumsOfSquares = new long[features];
    nonZeroBins = new long[NON_ZERO_BINS * features];
    leastLessOne = new int[features];
    Arrays.fill(leastLessOne, Integer.MAX_VALUE);
    largest = new int[features];
  }

  /** The bytes of the arrays. */
  public static long bytes(int features) {
    return (2L + NON_ZERO_BINS) * features * Long.BYTES + 2L * features * Integer.BYTES;
  }

  /**
   * Adds the training rows of a block.
   *
   * @throws IllegalArgumentException if it has other features
   */
  public void add(RowBlock anyBlock) {
    ByteBlock block = (ByteBlock) anyBlock;
    require(block.features());
    rows += block.trainingRows();
    for (int i = 0; i < block.denseColumns.length; i++) {
      addDense(block, i);
    }
    for (int i = 0; i < block.sparseColumns.length; i++) {
      addSparse(block, i);
    }
  }

  private void addDense(ByteBlock block, int column) {
    int sum = 0;
    int sumOfSquares = 0;
    int low = Integer.MAX_VALUE;
    int high = 0;
    long counts = 0;
    int shift = ByteBlock.denseShift(column);
    int[] packed = block.denseValues;
    for (int r = 0; r < block.trainingRows; r += ByteBlock.STRIP) {
      int at = ByteBlock.denseAt(block.denseColumns.length, column, r);
      int end = at + Math.min(ByteBlock.STRIP, block.trainingRows - r);
      for (int k = at; k < end; k++) {
        int value = packed[k] >>> shift & ByteBlock.MAX_VALUE;
        sum += value;
        sumOfSquares += value * value;
        counts += ONE[value];
        low = Math.min(low, value - 1 & Integer.MAX_VALUE);
        high = Math.max(high, value);
      }
    }
    put(block.denseColumns[column], sum, sumOfSquares, counts, low, high);
  }

  private void addSparse(ByteBlock block, int column) {
    int sum = 0;
    int sumOfSquares = 0;
    int low = Integer.MAX_VALUE;
    int high = 0;
    long counts = 0;
    for (int k = block.columnStart[column]; k < block.columnStart[column + 1]; k++) {
      int value = Byte.toUnsignedInt(block.valuesOfColumns[k]);
      sum += value;
      sumOfSquares += value * value;
      counts += ONE[value];
      low = Math.min(low, value - 1 & Integer.MAX_VALUE);
      high = Math.max(high, value);
    }
    put(block.sparseColumns[column], sum, sumOfSquares, counts, low, high);
  }

  private void put(int feature, int sum, int sumOfSquares, long counts, int low, int high) {
    sums[feature] += sum;
    sumsOfSquares[feature] += sumOfSquares;
    for (int b = 0; b < NON_ZERO_BINS; b++) {
      nonZeroBins[b * features + feature] += counts >>> b * COUNT_BITS & COUNT_MASK;
    }
    leastLessOne[feature] = Math.min(leastLessOne[feature], low);
    largest[feature] = Math.max(largest[feature], high);
  }

  /**
   * Adds other rows.
   *
   * @throws IllegalArgumentException if they have other features
   */
  public void merge(FeatureTotals other) {
    require(other.features);
    rows += other.rows;
    addTo(sums, other.sums);
    addTo(sumsOfSquares, other.sumsOfSquares);
    addTo(nonZeroBins, other.nonZeroBins);
    for (int j = 0; j < features; j++) {
      leastLessOne[j] = Math.min(leastLessOne[j], other.leastLessOne[j]);
      largest[j] = Math.max(largest[j], other.largest[j]);
    }
  }

  private static void addTo(long[] sum, long[] other) {
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

  /** The number of features. */
  public int features() {
    return features;
  }

  /** For each feature, Σv; not a copy. */
  public long[] sums() {
    return sums;
  }

  /** For each feature, Σv²; not a copy. */
  public long[] sumsOfSquares() {
    return sumsOfSquares;
  }

  /** For each feature, its least value; 0 without rows. */
  public double[] least() {
    long[] zeros = zeros();
    double[] least = new double[features];
    for (int j = 0; j < features; j++) {
      least[j] = zeros[j] > 0 || rows == 0 ? 0 : leastLessOne[j] + 1;
    }
    return least;
  }

  /** For each feature, its largest value; 0 without rows. */
  public double[] largest() {
    return Arrays.stream(largest).asDoubleStream().toArray();
  }

  /** For each feature, the number of rows with the value 0. */
  public long[] zeros() {
    long[] zeros = new long[features];
    Arrays.fill(zeros, rows);
    for (int i = 0; i < nonZeroBins.length; i++) {
      zeros[i % features] -= nonZeroBins[i];
    }
    return zeros;
  }

  /** For each of {@link #BINS} and each feature, the number of rows with a value in that bin. */
  public long[][] bins() {
    long[][] bins = new long[BINS.count()][];
    bins[0] = zeros();
    for (int b = 0; b < NON_ZERO_BINS; b++) {
      bins[b + 1] = Arrays.copyOfRange(nonZeroBins, b * features, (b + 1) * features);
    }
    return bins;
  }
}
