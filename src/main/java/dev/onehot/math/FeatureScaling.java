package dev.onehot.math;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a model makes of raw features: {@code (raw − shift) · scale}, where each feature has a shift
 * and a scale of its own, or all have the same scale and no shift.
 *
 * <p>Not a record: broadcasts and task results hold one, and Kryo, which clusters may have as their
 * serializer, cannot read records.
 */
public final class FeatureScaling implements Serializable {

  private static final long serialVersionUID = 1L;

  private final double scale;
  private final double[] scales;
  private final double[] shifts;

  private FeatureScaling(double scale, double[] scales, double[] shifts) {
    this.scale = scale;
    this.scales = scales;
    this.shifts = shifts;
  }

  /**
   * One scale for all features, however many.
   *
   * @throws IllegalArgumentException if it isn't a positive finite number
   */
  public static FeatureScaling uniform(double scale) {
    requirePositive(scale);
    return new FeatureScaling(scale, null, null);
  }

  /**
   * A scale for each feature, and perhaps a shift.
   *
   * @param scales F positive finite numbers
   * @param shifts F finite numbers; null if all are 0
   * @throws IllegalArgumentException if the numbers or lengths are others
   */
  public static FeatureScaling of(double[] scales, double[] shifts) {
    Arrays.stream(scales).forEach(FeatureScaling::requirePositive);
    if (shifts != null
        && (shifts.length != scales.length || !Arrays.stream(shifts).allMatch(Double::isFinite))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d shifts for %d scales, or not finite", shifts.length, scales.length));
    }
    return new FeatureScaling(1, scales.clone(), shifts == null ? null : shifts.clone());
  }

  private static void requirePositive(double scale) {
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new IllegalArgumentException("a scale of " + scale);
    }
  }

  /** Whether all features have one scale, {@link #scale}, and no shift. */
  public boolean isUniform() {
    return scales == null;
  }

  /** Whether features have shifts. */
  public boolean isCentred() {
    return shifts != null;
  }

  /** Whether rows of that many features can be scaled. */
  public boolean fits(int features) {
    return scales == null || scales.length == features;
  }

  /** A feature's scale. */
  public double scale(int feature) {
    return scales == null ? scale : scales[feature];
  }

  /** A feature's shift. */
  public double shift(int feature) {
    return shifts == null ? 0 : shifts[feature];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureScaling that
        && scale == that.scale
        && Arrays.equals(scales, that.scales)
        && Arrays.equals(shifts, that.shifts);
  }

  @Override
  public int hashCode() {
    return Double.hashCode(scale) + 31 * Arrays.hashCode(scales) + 17 * Arrays.hashCode(shifts);
  }

  @Override
  public String toString() {
    return isUniform()
        ? "multiplied by " + scale
        : String.format(
            Locale.ROOT,
            "%d features, each multiplied by a number of its own%s",
            scales.length,
            isCentred() ? " after it was shifted" : "");
  }
}
