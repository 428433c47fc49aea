package dev.onehot.math;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * A sum of numbers that does not depend on their order. Each number is rounded to a multiple of
 * {@code 2^-50}, and the multiples are added as integers of more than 64 bits.
 *
 * <p>The rounding of one number is at most {@code 4.5e-16}. So the mean of any count of numbers is
 * as exact as float64 can say it, if it is not much below 1.
 *
 * <p>Not a record: Spark sends such sums between machines, and Kryo cannot read records.
 */
public final class ExactSum implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final double SCALE = 0x1p50;

  /** The largest number that may be added. A multiple of it fits in 63 bits. */
  public static final double LARGEST = 0x1p12;

  private static final int LOW_BITS = 32;
  private static final long LOW_MASK = (1L << LOW_BITS) - 1;

  /** The sum is {@code (high · 2^32 + low) / SCALE}; both hold up to 2^31 numbers without loss. */
  private long high;

  private long low;

  /**
   * Adds a number.
   *
   * @param number 0 … {@link #LARGEST}
   * @throws ArithmeticException if it is not in that range
   */
  public void add(double number) {
    if (!(number >= 0 && number <= LARGEST)) {
      throw new ArithmeticException("not in the range of an exact sum: " + number);
    }
    long multiple = (long) Math.rint(number * SCALE);
    high += multiple >>> LOW_BITS;
    low += multiple & LOW_MASK;
  }

  /** Adds another sum. */
  public void add(ExactSum other) {
    high += other.high;
    low += other.low;
  }

  /** The sum, rounded once. */
  public double value() {
    return BigInteger.valueOf(high).shiftLeft(LOW_BITS).add(BigInteger.valueOf(low)).doubleValue()
        / SCALE;
  }
}
