package dev.onehot.math;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * What the numbers in blocks are: how large they can be, what power of two they are multiplied by,
 * and what the model makes of the raw features.
 *
 * <p>A block holds {@code raw · 2^-exponent}, with an exponent for each feature. That is exact:
 * only numbers that are 2¹²⁶ times smaller than the largest of their feature lose bits. Blocks of
 * bytes hold the raw values themselves.
 *
 * <p>Not a record: sums that are sent between machines hold one, and Kryo, which clusters may have
 * as their serializer, cannot read records.
 */
public final class FeatureValues implements Serializable {

  private static final long serialVersionUID = 2L;

  private final double largest;
  private final short[] exponents;
  private final FeatureScaling scaling;

  /**
   * Blocks hold raw values.
   *
   * @param largest no raw value has a greater magnitude
   * @param scale what a raw value is multiplied by for the model
   * @throws IllegalArgumentException if one of them isn't a positive finite number
   */
  public FeatureValues(double largest, double scale) {
    this(largest, null, FeatureScaling.uniform(scale));
  }

  private FeatureValues(double largest, short[] exponents, FeatureScaling scaling) {
    if (!(largest > 0 && Double.isFinite(largest))) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "values up to %s, %s", largest, scaling));
    }
    this.largest = largest;
    this.exponents = exponents;
    this.scaling = scaling;
  }

  /**
   * Blocks hold raw values times a power of two, so that no magnitude is above 1.
   *
   * @param exponents for each feature the least e with {@code |raw| ≤ 2^e} on all rows
   * @param scaling what the model makes of raw features
   */
  public static FeatureValues real(short[] exponents, FeatureScaling scaling) {
    return new FeatureValues(1, exponents.clone(), scaling);
  }

  /** The same blocks for a model that scales features in another way. */
  public FeatureValues withScaling(FeatureScaling other) {
    return new FeatureValues(largest, exponents, other);
  }

  /** No number in a block has a greater magnitude. */
  public double largest() {
    return largest;
  }

  /** Whether blocks hold raw values. */
  public boolean areRaw() {
    return exponents == null;
  }

  /** A block holds {@code raw · 2^-exponent}. */
  public int exponent(int feature) {
    return exponents == null ? 0 : exponents[feature];
  }

  /** What the model makes of raw features. */
  public FeatureScaling scaling() {
    return scaling;
  }

  /** What a number in a block is multiplied by for the model, after the shift is taken off. */
  public double scale(int feature) {
    return Math.scalb(scaling.scale(feature), exponent(feature));
  }

  /** A feature's shift for numbers in blocks. */
  public double shift(int feature) {
    return Math.scalb(scaling.shift(feature), -exponent(feature));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureValues that
        && largest == that.largest
        && Arrays.equals(exponents, that.exponents)
        && scaling.equals(that.scaling);
  }

  @Override
  public int hashCode() {
    return Objects.hash(largest, Arrays.hashCode(exponents), scaling);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "values up to %s, %s", largest, scaling);
  }
}
