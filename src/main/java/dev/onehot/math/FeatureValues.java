package dev.onehot.math;

import java.io.Serializable;
import java.util.Locale;

/**
 * What the raw values of features are: how large they can be, and what the model multiplies them
 * by.
 *
 * <p>Not a record: sums that are sent between machines hold one, and Kryo, which clusters may have
 * as their serializer, cannot read records.
 */
public final class FeatureValues implements Serializable {

  private static final long serialVersionUID = 1L;

  private final double largest;
  private final double scale;

  /**
   * @param largest no raw value has a greater magnitude
   * @param scale what a raw value is multiplied by for the model
   * @throws IllegalArgumentException if one of them isn't a positive finite number
   */
  public FeatureValues(double largest, double scale) {
    if (!(largest > 0 && scale > 0 && Double.isFinite(largest) && Double.isFinite(scale))) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "values up to %s, multiplied by %s", largest, scale));
    }
    this.largest = largest;
    this.scale = scale;
  }

  /** No raw value has a greater magnitude. */
  public double largest() {
    return largest;
  }

  /** What a raw value is multiplied by for the model. */
  public double scale() {
    return scale;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureValues that && largest == that.largest && scale == that.scale;
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(largest) + Double.hashCode(scale);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "values up to %s, multiplied by %s", largest, scale);
  }
}
