package dev.onehot.math;

import java.util.Arrays;

/** The totals of blocks of bytes: exact integers. */
public final class ByteTotals extends FeatureTotals {

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

  private final long[] sums;
  private final long[] sumsOfSquares;
  private final long[] nonZeroBins;

  /** The least non-zero value less 1, or a larger number than any. */
  private final int[] leastLessOne;

  private final int[] largest;

  /** No rows yet. */
  public ByteTotals(int features) {
    super(features);
    sums = new long[features];
    sumsOfSquares = new long[features];
    nonZeroBins = new long[NON_ZERO_BINS * features];
    leastLessOne = new int[features];
    Arrays.fill(leastLessOne, Integer.MAX_VALUE);
    largest = new int[features];
  }

  /** The bytes of the arrays. */
  static long arrayBytes(int features) {
    return (2L + NON_ZERO_BINS) * features * Long.BYTES + 2L * features * Integer.BYTES;
  }

  @Override
  void addRows(RowBlock anyBlock) {
    ByteBlock block = (ByteBlock) anyBlock;
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

  @Override
  void mergeTotals(FeatureTotals others) {
    ByteTotals other = (ByteTotals) others;
    addTo(sums, other.sums);
    addTo(sumsOfSquares, other.sumsOfSquares);
    addTo(nonZeroBins, other.nonZeroBins);
    for (int j = 0; j < features; j++) {
      leastLessOne[j] = Math.min(leastLessOne[j], other.leastLessOne[j]);
      largest[j] = Math.max(largest[j], other.largest[j]);
    }
  }

  @Override
  long sum(int feature) {
    return sums[feature];
  }

  @Override
  long sumOfSquares(int feature) {
    return sumsOfSquares[feature];
  }

  @Override
  int fractionBits() {
    return 0;
  }

  @Override
  public double least(int feature) {
    return zeros(feature) > 0 || rows() == 0 ? 0 : leastLessOne[feature] + 1;
  }

  @Override
  public double largest(int feature) {
    return largest[feature];
  }

  @Override
  public long zeros(int feature) {
    long zeros = rows();
    for (int b = 0; b < NON_ZERO_BINS; b++) {
      zeros -= nonZeroBins[b * features + feature];
    }
    return zeros;
  }

  @Override
  public double[] binStarts() {
    return BINS.starts();
  }

  @Override
  public long[][] bins() {
    long[][] bins = new long[BINS.count()][];
    bins[0] = zeros();
    for (int b = 0; b < NON_ZERO_BINS; b++) {
      bins[b + 1] = Arrays.copyOfRange(nonZeroBins, b * features, (b + 1) * features);
    }
    return bins;
  }
}
