package dev.onehot.math;

/**
 * The natural logarithm with an error below 0.51 units in the last place; {@link StrictMath#log}
 * may be off by 1. This is close enough to the C library's logarithm to draw the same numbers as
 * NumPy.
 *
 * <p>{@code x = m·2ᵉ} with m in [√½, √2); {@code log m = 2·atanh(s)}, {@code s = (m − 1)/(m + 1)},
 * by the series {@code 2(s + s³/3 + s⁵/5 + …)}. The first term and e·ln 2 are carried as pairs of
 * doubles (Dekker, "A floating-point technique for extending the available precision", 1971).
 */
final class DoubleLog {

  private static final double LN2_HIGH = 0x1.62e42fefa39efp-1;
  private static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

  /** Twenty terms: |s| ≤ 0.1716, so the next is below 2⁻¹⁰⁰. */
  private static final int LAST_ODD = 39;

  private DoubleLog() {}

  /**
   * {@code log x}.
   *
   * @param x a positive normal number
   */
  static double of(double x) {
    int exponent = Math.getExponent(x);
    double m = Math.scalb(x, -exponent);
    if (m > 1.4142135623730951) {
      m /= 2;
      exponent++;
    }
    // m - 1 is exact; m + 1 is sumHigh + sumLow; s is sHigh + sLow.
    double difference = m - 1;
    double sumHigh = m + 1;
    double sumLow = m - (sumHigh - 1);
    double sHigh = difference / sumHigh;
    double remainder = Math.fma(-sHigh, sumHigh, difference);
    double sLow = (remainder - sHigh * sumLow) / sumHigh;

    double square = sHigh * sHigh;
    double series = 0;
    for (int odd = LAST_ODD; odd >= 3; odd -= 2) {
      series = series * square + 1.0 / odd;
    }
    double tail = 2 * (sHigh * square * series + sLow);

    double high = exponent * LN2_HIGH;
    double highError = Math.fma(exponent, LN2_HIGH, -high);
    double first = 2 * sHigh;
    double sum = high + first;
    // Exact whichever is larger: Knuth's two-sum.
    double firstPart = sum - high;
    double sumError = (high - (sum - firstPart)) + (first - firstPart);
    return sum + (sumError + (highError + exponent * LN2_LOW + tail));
  }
}
