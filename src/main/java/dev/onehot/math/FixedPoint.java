package dev.onehot.math;

import java.io.Serializable;

/**
 * Numbers as whole multiples of {@code 2^-fractionBits} in 64-bit integers. Their sum is exact, so
 * the order in which they are added does not matter.
 */
public final class FixedPoint implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The magnitude of a term is at most 2 to this power; up to there rounding is exact. */
  private static final int TERM_BITS = 51;

  /** The magnitude of a sum is at most 2 to this power, so a long doesn't overflow. */
  private static final int SUM_BITS = 62;

  /** With more, {@link #scale()} might not be finite. */
  private static final int MAX_FRACTION_BITS = 1000;

  /** 1.5 · 2⁵²: adding it rounds a double to an integer, which is left in the low bits. */
  static final double ROUNDER = 6_755_399_441_055_744.0;

  static final long ROUNDER_BITS = Double.doubleToRawLongBits(ROUNDER);

  /** The magnitude up to which {@link #roundScaled} is exact. */
  static final double LARGEST_TERM = 0x1p51;

  private final int fractionBits;

  /**
   * @param fractionBits numbers are multiples of {@code 2^-fractionBits}; may be negative
   */
  FixedPoint(int fractionBits) {
    this.fractionBits = fractionBits;
  }

  /**
   * The finest scale at which neither a term nor the sum can overflow.
   *
   * @param largestTerm an upper bound of the magnitude of a term
   * @param largestSum an upper bound of the sum of all magnitudes
   * @throws IllegalArgumentException if a bound is not a positive finite number
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
   * Rounds a number to the nearest multiple, half to even.
   *
   * @return how many times {@code 2^-fractionBits} that is
   * @throws ArithmeticException if the number is beyond the bound that the scale was chosen for, or
   *     NaN
   */
  public long round(double number) {
    return roundScaled(number * scale());
  }

  /** Rounds a number that was already multiplied by {@link #scale()}. */
  static long roundScaled(double scaled) {
    if (!(Math.abs(scaled) <= LARGEST_TERM)) {
      throw new ArithmeticException("out of the fixed-point range: " + scaled);
    }
    return Double.doubleToRawLongBits(scaled + ROUNDER) - ROUNDER_BITS;
  }

  /** {@code 2^-fractionBits}: what the integer 1 stands for. */
  double unit() {
    return Math.scalb(1.0, -fractionBits);
  }

  /** A sum of rounded terms as a double. */
  public double toDouble(long sum) {
    return sum * unit();
  }
}
