package dev.onehot.nightly;

import org.apache.commons.math3.special.Gamma;

/**
 * How far the shares of some cells, such as classes or bins of values, have moved from one sample
 * of rows to another.
 *
 * <p>The first two numbers say how large the change is, whatever the number of rows. The p-value
 * says whether chance explains it.
 *
 * @param psi the population stability index {@code Σ (p − q)·ln(p/q)} of the shares p and q, 0 … ∞.
 *     By custom a change below 0.1 is none, and from 0.25 on it is a large one. Source: N. Siddiqi:
 *     Credit Risk Scorecards, 2006; the sum is H. Jeffreys' divergence (1946)
 * @param totalVariation the total variation distance {@code ½ Σ |p − q|}: the least share of rows
 *     that would have to be in other cells, 0 … 1
 * @param g the statistic of the G-test of homogeneity, {@code 2 Σ O·ln(O/E)}. It is close to {@code
 *     psi / (1/n + 1/m)} for n and m rows, which is the noise of the index (B. Yurdakul, J.
 *     Naranjo: Statistical properties of the population stability index, Journal of Risk Model
 *     Validation 14, 2020), but follows χ² also where a cell has few rows
 * @param degreesOfFreedom the number of cells with rows, less 1
 * @param pValue the probability of such a G or a larger one by chance alone. Source: R. R. Sokal,
 *     F. J. Rohlf: Biometry, chapter 17
 */
public record ShareShift(
    double psi, double totalVariation, double g, int degreesOfFreedom, double pValue) {

  /**
   * The part of the mean of both shares that each share is mixed with for the index, so that an
   * empty cell has a logarithm. It depends on no number of rows, so the index doesn't either.
   */
  private static final double MIXED = 0.001;

  /**
   * Compares two samples.
   *
   * @param then for each cell, the rows of the first sample; at least one row in all
   * @param now for each cell, the rows of the second sample; at least one row in all
   */
  static ShareShift of(long[] then, long[] now) {
    double m = sum(then);
    double n = sum(now);
    double psi = 0;
    double distance = 0;
    double g = 0;
    int cells = 0;
    for (int i = 0; i < then.length; i++) {
      double both = then[i] + (double) now[i];
      if (both == 0) {
        continue;
      }
      cells++;
      double p = now[i] / n;
      double q = then[i] / m;
      double mixed = MIXED * (p + q) / 2;
      psi += (1 - MIXED) * (p - q) * Math.log((p - MIXED * p + mixed) / (q - MIXED * q + mixed));
      distance += Math.abs(p - q) / 2;
      g += 2 * (term(then[i], both * m / (m + n)) + term(now[i], both * n / (m + n)));
    }
    g = Math.max(0, g);
    double pValue = cells < 2 ? 1 : Gamma.regularizedGammaQ((cells - 1) / 2.0, g / 2);
    return new ShareShift(psi, distance, g, cells - 1, pValue);
  }

  private static double term(long observed, double expected) {
    return observed == 0 ? 0 : observed * Math.log(observed / expected);
  }

  private static double sum(long[] counts) {
    double sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
