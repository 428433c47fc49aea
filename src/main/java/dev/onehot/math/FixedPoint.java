package dev.onehot.math;

import java.io.Serializable;

/**
 * Numbers as whole multiples of {@code 2^-fractionBits} in 64-bit integers. Their sum is exact, so
 * it is the same in any order and any grouping.
 */
public final class FixedPoint implements Serializable {

  private static final long serialVersionUID = 1L;

  /** One term's magnitude stays at or below this many bits, within which rounding is exact. */
  private static final int TERM_BITS = 51;

  private static final int SUM_BITS = 62;

  /** {@link #scale()} stays finite. */
  private static final int MAX_FRACTION_BITS = 1000;

  /** 1.5 · 2⁵²: adding it rounds a double to an integer, which is left in the low bits. */
  static final double ROUNDER = 6_755_399_441_055_744.0;

  static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);

  /** The magnitude up to which {@link #roundScaled} is exact. */
  static final double LARGEST_TERM = 0x1p51;

  private final int fractionBits;

  /**
   * @param fractionBits how fine; negative for multiples of a power of two above 1
   */
  FixedPoint(int fractionBits) {
    this.fractionBits = fractionBits;
  }

  /**
   * The finest scale at which neither a term nor the sum can overflow.
   *
   * @param largestTerm no single term's magnitude is greater
   * @param largestSum no sum of terms' magnitudes is greater
   */
  public static FixedPoint fitting(double largestTerm, double largestSum) {
    int fitting = Math.min(TERM_BITS - bitsAbove(largestTerm), SUM_BITS - bitsAbove(largestSum));
    return new FixedPoint(Math.min(fitting, MAX_FRACTION_BITS));
  }

  /** The smallest e with {@code magnitude ≤ 2^e}. */
  private static int bitsAbove(double magnitude) {
    if (!(magnitude > 0 && magnitude <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException("not a positive finite bound: " + magnitude);
    }
    int exponent = Math.getExponent(magnitude);
    return magnitude == Math.scalb(1.0, exponent) ? exponent : exponent + 1;
  }

  /** {@code 2^fractionBits}: what a number is multiplied by before it is rounded. */
  public double scale() {
    return Math.scalb(1.0, fractionBits);
  }

  /**
   * A number as the nearest multiple, half to even.
   *
   * @throws ArithmeticException if it is beyond the bound that the scale was chosen for, or no
   *     number
   */
  public long round(double number) {
    return roundScaled(number * scale());
  }

  /** {@link #round} of a number that was already multiplied by {@link #scale()}. */
  static long roundScaled(double scaled) {
    if (!(Math.abs(scaled) <= LARGEST_TERM)) {
      throw new ArithmeticException("out of the fixed-point range: " + scaled);
    }
    return Double.doubleToRawLongBits(scaled + ROUNDER) - ROUNDER_BITS;
  }

  /** {@code 2^-fractionBits}: what an integer stands for multiples of. */
  double unit() {
    return Math.scalb(1.0, -fractionBits);
  }

  /** A sum of rounded terms as a double. */
  public double toDouble(long sum) {
    return sum * unit();
  }
}
