package dev.onehot.nightly;

import dev.onehot.failure.SettingNames;

/**
 * The rows of a class, among the champion's rows and among the new ones.
 *
 * @param name the class
 * @param then its rows among the champion's
 * @param rowsThen all of the champion's rows
 * @param now its rows among the new ones
 * @param rowsNow all new rows
 */
record ClassShift(String name, long then, long rowsThen, long now, long rowsNow) {

  /** How many times as large the larger share is as the smaller one, 1 … ∞. */
  double ratio() {
    double ratio = ((double) now / rowsNow) / ((double) then / rowsThen);
    return Math.max(ratio, 1 / ratio);
  }

  /** How much the share has changed, 0 … 1. */
  double difference() {
    return Math.abs((double) now / rowsNow - (double) then / rowsThen);
  }

  RateTest test() {
    return RateTest.of(then, rowsThen, now, rowsNow);
  }

  /** The shares in words. */
  String shares() {
    return SettingNames.format(
        "class %s has %s of the rows, %s in the champion's data",
        name, percent(now, rowsNow), percent(then, rowsThen));
  }

  /** That there are no rows, in words. */
  String absence() {
    return SettingNames.format(
        "class %s has no rows; the champion's data had %,d of %,d", name, then, rowsThen);
  }

  private static String percent(long part, long whole) {
    double percent = 100.0 * part / whole;
    // One decimal place shows nothing of the share of a rare class.
    return SettingNames.format(percent == 0 || percent >= 1 ? "%.1f %%" : "%.2g %%", percent);
  }
}
