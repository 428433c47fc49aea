package dev.onehot.math;

/** Powers of two that bound numbers. */
public final class PowerOfTwo {

  private PowerOfTwo() {}

  /** The least e with {@code magnitude ≤ 2^e} of a finite magnitude ≥ 0; 0 for 0. */
  public static int exponentOf(double magnitude) {
    if (magnitude == 0) {
      return 0;
    }
    int exponent = Math.getExponent(magnitude);
    return magnitude == Math.scalb(1.0, exponent) ? exponent : exponent + 1;
  }
}
