package dev.onehot.evaluate;

import java.math.BigInteger;
import org.apache.commons.math3.special.Gamma;

/**
 * McNemar's test of whether two models are right equally often, by the rows that only one of them
 * predicts right.
 *
 * <p>Source: Q. McNemar: Note on the sampling error of the difference between correlated
 * proportions or percentages, Psychometrika 12, 1947; the correction is Edwards'.
 *
 * @param method {@code exact binomial}, or {@code chi-squared with continuity correction} for more
 *     than {@link #MOST_EXACT} such rows
 * @param statistic the smaller of both counts, or χ²
 * @param pValue the probability of a difference at least as large if there is none, 0 … 1
 */
public record McNemarTest(String method, double statistic, double pValue) {

  /** The most rows for the exact test. */
  static final long MOST_EXACT = 10_000;

  /** The test for two counts of rows. */
  static McNemarTest of(long onlyThisRight, long onlyOtherRight) {
    long rows = onlyThisRight + onlyOtherRight;
    long smaller = Math.min(onlyThisRight, onlyOtherRight);
    if (rows <= MOST_EXACT) {
      double p = Math.min(1, 2 * binomialTail((int) smaller, (int) rows));
      return new McNemarTest("exact binomial", smaller, p);
    }
    double difference = Math.max(0, Math.abs(onlyThisRight - onlyOtherRight) - 1.0);
    double chiSquared = difference * difference / rows;
    // The upper tail of the distribution with one degree of freedom.
    double p = Gamma.regularizedGammaQ(0.5, chiSquared / 2);
    return new McNemarTest("chi-squared with continuity correction", chiSquared, p);
  }

  /** {@code Σ C(n, i) / 2^n} for i up to k, in whole numbers and rounded at the end. */
  private static double binomialTail(int k, int n) {
    BigInteger coefficient = BigInteger.ONE;
    BigInteger sum = coefficient;
    for (int i = 1; i <= k; i++) {
      coefficient =
          coefficient.multiply(BigInteger.valueOf(n - i + 1)).divide(BigInteger.valueOf(i));
      sum = sum.add(coefficient);
    }
    // A double has the range of 1,023 bits.
    int dropped = Math.max(0, sum.bitLength() - Long.SIZE);
    return Math.scalb(sum.shiftRight(dropped).doubleValue(), dropped - n);
  }
}
