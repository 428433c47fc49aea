package dev.onehot.math;

/**
 * What a model makes of raw features, before their least, largest and mean values are known.
 *
 * <p>Everything is measured on the training rows, without those held back, and each row counts
 * once, whatever its weight. The figures come of exact sums, so they are the same for any
 * partitions.
 */
public enum ScalingKind {
  /** Raw features as they are. */
  NONE,

  /**
   * Each feature is divided by its largest magnitude, so it lies in −1 … 1 and 0 stays 0. Bytes are
   * divided by 255, whatever bytes there are.
   */
  MAX,

  /**
   * Each feature has its mean taken off and is divided by its standard deviation, {@code sqrt(Σ(x −
   * mean)²/N)}. A feature that has one value only is divided by its magnitude.
   */
  STANDARD;

  /** What rows ask for, if nobody has said what to do. */
  public static ScalingKind defaultFor(FeatureValues values, boolean sparse) {
    return values.areRaw() || sparse ? MAX : STANDARD;
  }

  /** The kind of a scaling. */
  public static ScalingKind of(FeatureScaling scaling) {
    if (scaling.isCentred()) {
      return STANDARD;
    }
    return scaling.isUniform() && scaling.scale(0) == 1 ? NONE : MAX;
  }

  /** Whether it shifts features. */
  public boolean isCentred() {
    return this == STANDARD;
  }
}
