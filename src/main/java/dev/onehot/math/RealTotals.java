package dev.onehot.math;

import java.util.Arrays;

/**
 * The totals of blocks of real numbers, whose magnitudes are at most 1. Each number, and its
 * square, is rounded to a whole multiple of {@code 2^-b} before it is added, where b is as large as
 * the number of rows allows: 42 for a million rows. The rounding of one row doesn't depend on any
 * other.
 *
 * <p>Bins are four of negative numbers, 0 alone, and four of positive ones. A number is in the bin
 * of its sign and of {@code ⌈4·|v|⌉}, 1 … 4. With v = raw · 2^-e, all bins of an exponent are
 * halves, quarters and so on of the bins of a larger one: counts for different exponents can be
 * compared.
 */
public final class RealTotals extends FeatureTotals {

  private static final long serialVersionUID = 1L;

  /** With more features, values aren't counted in bins. */
  public static final int MOST_BINNED = 65_535;

  /** The bins of a sign. */
  public static final int BINS_OF_SIGN = 4;

  /** Bins of negative numbers, 0, bins of positive numbers. */
  public static final int BINS = 2 * BINS_OF_SIGN + 1;

  /** A sum stays below 2 to this power. */
  private static final int SUM_BITS = 62;

  /** Doubles up to 1 aren't rounded to anything finer. */
  private static final int MOST_BITS = 52;

  private final int fractionBits;
  private final long[] sums;
  private final long[] sumsOfSquares;
  private final int[] nonZeros;
  private final float[] least;
  private final float[] largest;

  /** BINS × F; the counts of 0 are never set. */
  private final int[] bins;

  RealTotals(int features, long mostRows) {
    super(features);
    int bitsOfRows = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, mostRows));
    fractionBits = Math.min(MOST_BITS, SUM_BITS - bitsOfRows);
    sums = new long[features];
    sumsOfSquares = new long[features];
    nonZeros = new int[features];
    least = new float[features];
    largest = new float[features];
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    bins = features <= MOST_BINNED ? new int[BINS * features] : null;
  }

  static long arrayBytes(int features) {
    long ofFeature = 2L * Long.BYTES + Integer.BYTES + 2L * Float.BYTES;
    return features * (features <= MOST_BINNED ? ofFeature + BINS * Integer.BYTES : ofFeature);
  }

  @Override
  void addRows(RowBlock block) {
    double unit = Math.scalb(1.0, fractionBits);
    for (int r = 0; r < block.trainingRows(); r++) {
      block.forEachNonZero(r, (column, value) -> add(column, value, unit));
    }
  }

  private void add(int j, float value, double unit) {
    double v = value;
    sums[j] += (long) Math.rint(v * unit);
    sumsOfSquares[j] += (long) Math.rint(v * v * unit);
    nonZeros[j] = Math.incrementExact(nonZeros[j]);
    least[j] = Math.min(least[j], value);
    largest[j] = Math.max(largest[j], value);
    if (bins != null) {
      bins[bin(v) * features + j]++;
    }
  }

  /** The bin of a number up to 1 that isn't 0. */
  private static int bin(double v) {
    int magnitude = (int) Math.ceil(BINS_OF_SIGN * Math.abs(v));
    return v < 0 ? BINS_OF_SIGN - magnitude : BINS_OF_SIGN + magnitude;
  }

  @Override
  void mergeTotals(FeatureTotals others) {
    RealTotals other = (RealTotals) others;
    if (other.fractionBits != fractionBits) {
      throw new IllegalArgumentException("sums in other units");
    }
    addTo(sums, other.sums);
    addTo(sumsOfSquares, other.sumsOfSquares);
    for (int j = 0; j < features; j++) {
      nonZeros[j] = Math.addExact(nonZeros[j], other.nonZeros[j]);
      least[j] = Math.min(least[j], other.least[j]);
      largest[j] = Math.max(largest[j], other.largest[j]);
    }
    for (int k = 0; bins != null && k < bins.length; k++) {
      bins[k] += other.bins[k];
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
    return fractionBits;
  }

  @Override
  public double least(int feature) {
    return zeros(feature) > 0 ? Math.min(0, least[feature]) : rows() == 0 ? 0 : least[feature];
  }

  @Override
  public double largest(int feature) {
    return zeros(feature) > 0 ? Math.max(0, largest[feature]) : rows() == 0 ? 0 : largest[feature];
  }

  @Override
  public long zeros(int feature) {
    return rows() - nonZeros[feature];
  }

  /** Of negative numbers, the end that is farther from 0; of positive ones, the nearer. */
  @Override
  public double[] binStarts() {
    double[] starts = new double[BINS];
    for (int k = 1; k <= BINS_OF_SIGN; k++) {
      starts[BINS_OF_SIGN - k] = -(double) k / BINS_OF_SIGN;
      starts[BINS_OF_SIGN + k] = (k - 1.0) / BINS_OF_SIGN;
    }
    return starts;
  }

  @Override
  public long[][] bins() {
    if (bins == null) {
      return null;
    }
    long[][] all = new long[BINS][];
    for (int b = 0; b < BINS; b++) {
      all[b] =
          b == BINS_OF_SIGN
              ? zeros()
              : Arrays.stream(bins, b * features, (b + 1) * features).asLongStream().toArray();
    }
    return all;
  }
}
