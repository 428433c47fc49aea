package dev.onehot.nightly;

import org.apache.commons.math3.special.Beta;

/**
 * A test of whether something happens as often in some rows as in others. If it does, each of its
 * cases is in the one sample or the other as the numbers of rows have it, so the count in one
 * sample is binomial. That holds for the smallest counts, too, and errs on the side of chance.
 *
 * <p>Source: J. Przyborowski, H. Wilenski: Homogeneity of results in testing samples from Poisson
 * series, Biometrika 31, 1940.
 *
 * @param more the probability of so many cases or more in the second sample by chance alone
 * @param fewer the probability of so many cases or fewer there by chance alone
 */
record RateTest(double more, double fewer) {

  /** A relative error of probabilities that changes no decision. */
  private static final double PRECISION = 1e-9;

  /**
   * Compares two samples.
   *
   * @param then cases in the first sample
   * @param rowsThen its rows, at least 1
   * @param now cases in the second sample
   * @param rowsNow its rows, at least 1
   */
  static RateTest of(long then, long rowsThen, long now, long rowsNow) {
    if (then + now > (rowsThen + rowsNow) / 2) {
      // Counts of what is rarer are nearer to a binomial distribution.
      RateTest others = of(rowsThen - then, rowsThen, rowsNow - now, rowsNow);
      return new RateTest(others.fewer, others.more);
    }
    double share = (double) rowsNow / (rowsNow + rowsThen);
    return new RateTest(tail(now, then, share), tail(then, now, 1 - share));
  }

  /** The probability of at least {@code cases} of all cases, if each has this probability. */
  private static double tail(long cases, long others, double share) {
    return cases == 0 ? 1 : Beta.regularizedBeta(share, cases, others + 1.0, PRECISION);
  }

  /** The probability of a difference at least as large in either direction. */
  double pValue() {
    return Math.min(1, 2 * Math.min(more, fewer));
  }
}
