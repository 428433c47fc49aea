package dev.onehot.report.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as the page shows them. */
final class Figures {

  private static final MathContext DIGITS = new MathContext(5);

  private Figures() {}

  /** A number with up to five digits; a dash for none. */
  static String plain(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "–" : Double.toString(value);
    }
    double rounded = rounded(value);
    double size = Math.abs(rounded);
    if (size != 0 && (size < 1e-4 || size >= 1e9)) {
      return String.format(Locale.ROOT, "%.3g", rounded);
    }
    return new BigDecimal(Double.toString(rounded)).stripTrailingZeros().toPlainString();
  }

  /** A share of 0 … 1 as per cent. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  /** A share of 0 … 1 with four decimals. */
  static String share(double share) {
    return String.format(Locale.ROOT, "%.4f", share);
  }

  /** A probability of a single row, with two decimals. */
  static String probability(double probability) {
    return String.format(Locale.ROOT, "%.2f", probability);
  }

  /** A whole number. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Some values with up to five digits, for the script; null for none. */
  static Double[] rounded(double[] values, int[] kept) {
    Double[] rounded = new Double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      double value = values[kept[i]];
      rounded[i] = Double.isFinite(value) ? rounded(value) : null;
    }
    return rounded;
  }

  private static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }
}
