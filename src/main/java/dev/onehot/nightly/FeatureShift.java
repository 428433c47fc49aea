package dev.onehot.nightly;

import dev.onehot.model.StoredProfile;
import java.util.Locale;
import org.apache.commons.math3.special.Erf;

/**
 * How far the values of a feature have moved from the champion's rows to the new ones.
 *
 * @param feature the feature's index, from 0
 * @param called the feature's name in the input; null if it has none
 * @param row the pixel's row in the picture, from 0; null if the rows are no pictures
 * @param column the pixel's column, from 0; null if the rows are no pictures
 * @param shares of the bins of the values
 * @param now the values of the new rows
 * @param then the values of the champion's rows
 * @param meanShift how far the mean has moved, in standard deviations of as many rows of both
 *     kinds, 0 … 2. If one kind varies more, both count as varying so much: a few rare values make
 *     no large shift
 * @param meanPValue the probability of such a shift of the mean or a larger one by chance alone,
 *     from the normal distribution of means
 * @param newValues the share of new rows with values in bins without any of the champion's rows
 * @param otherValues the share of the champion's rows with values in other bins, if the new rows
 *     have one value only; otherwise 0
 */
public record FeatureShift(
    int feature,
    String called,
    Integer row,
    Integer column,
    ShareShift shares,
    Values now,
    Values then,
    double meanShift,
    double meanPValue,
    double newValues,
    double otherValues) {

  /**
   * The raw values of a feature.
   *
   * @param least the least one
   * @param largest the largest one
   * @param mean their mean
   * @param variance their variance
   * @param zeros the share of zeros, 0 … 1
   */
  public record Values(double least, double largest, double mean, double variance, double zeros) {

    static Values of(StoredProfile profile, int feature) {
      return new Values(
          profile.least()[feature],
          profile.largest()[feature],
          profile.mean()[feature],
          profile.variance()[feature],
          (double) profile.zeros()[feature] / profile.rows());
    }
  }

  /**
   * Compares a feature's values.
   *
   * @param then the champion's rows, whole
   * @param now the new rows, with the same features and bins
   * @param called the feature's name in the input; null if it has none
   * @param width the width of the pictures; null if the rows are no pictures
   */
  static FeatureShift of(
      StoredProfile then, StoredProfile now, int feature, String called, Integer width) {
    int exponent =
        now.exponents() == null ? 0 : Math.max(then.exponents()[feature], now.exponents()[feature]);
    long[] rowsThen = then.binsOf(feature, exponent);
    long[] rowsNow = now.binsOf(feature, exponent);
    long fresh = 0;
    long others = 0;
    for (int b = 0; b < rowsThen.length; b++) {
      fresh += rowsThen[b] == 0 ? rowsNow[b] : 0;
      others += rowsNow[b] == 0 ? rowsThen[b] : 0;
    }
    Values valuesNow = Values.of(now, feature);
    Values valuesThen = Values.of(then, feature);
    double meanShift = meanShift(valuesThen, valuesNow);
    double z = meanShift / Math.sqrt(1.0 / now.rows() + 1.0 / then.rows());
    boolean constant = valuesNow.least() == valuesNow.largest();
    return new FeatureShift(
        feature,
        called,
        width == null ? null : feature / width,
        width == null ? null : feature % width,
        ShareShift.of(rowsThen, rowsNow),
        valuesNow,
        valuesThen,
        meanShift,
        Erf.erfc(z / Math.sqrt(2)),
        (double) fresh / now.rows(),
        constant ? (double) others / then.rows() : 0);
  }

  private static double meanShift(Values then, Values now) {
    double difference = Math.abs(now.mean() - then.mean());
    double within = Math.max(then.variance(), now.variance());
    double between = difference * difference / 4;
    return difference == 0 ? 0 : difference / Math.sqrt(within + between);
  }

  /** How far it has moved in limits: above 1 if it is beyond one of them. */
  double inLimits(DataLimits limits) {
    return Math.max(shares.psi() / limits.maxFeaturePsi(), meanShift / limits.maxMeanShift());
  }

  /** Such as {@code feature 30 (row 1, column 2)}, or {@code feature age}. */
  String name() {
    if (called != null) {
      return "feature " + called;
    }
    return row == null
        ? "feature " + feature
        : String.format(Locale.ROOT, "feature %d (row %d, column %d)", feature, row, column);
  }

  /** Whether a value is beyond all of the champion's rows; with many rows it may be by chance. */
  boolean beyondRange() {
    return now.least() < then.least() || now.largest() > then.largest();
  }
}
