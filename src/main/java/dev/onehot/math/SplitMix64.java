package dev.onehot.math;

/**
 * The SplitMix64 generator, started anew for each pair of a seed and a row. Hashes use its output
 * function alone.
 *
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea, Flood: Fast Splittable
 *     Pseudorandom Number Generators (2014)</a>, with the constants of Stafford's variant 13
 */
public final class SplitMix64 {

  /** The odd integer nearest to 2⁶⁴ divided by the golden ratio: the step between two states. */
  public static final long GAMMA = 0x9e3779b97f4a7c15L;

  private static final double TWO_TO_MINUS_53 = 0x1p-53;

  /** √3: the sum of four uniform variables has variance 4/12. */
  private static final double BELL_SCALE = Math.sqrt(3);

  private long state;

  /**
   * The output function: a bijection of 64 bits in which every bit of the argument moves about half
   * of the result's.
   */
  public static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }

  /**
   * Starts the stream of a row. All rows of a seed have different streams: no two rows have the
   * same state, and neighbouring rows have states far apart.
   */
  public void start(long seed, long row) {
    state = mix(mix(seed + GAMMA) ^ row);
  }

  /** The next 64 bits. */
  public long next() {
    state += GAMMA;
    return mix(state);
  }

  /**
   * Uniform on {@code 0 … bound-1}; for small bounds a probability is off by less than 2⁻²⁸ of it.
   */
  public int below(int bound) {
    return (int) ((next() >>> 32) * bound >>> 32);
  }

  /** Uniform on {@code [low, high)}. */
  public double between(double low, double high) {
    return low + (high - low) * ((next() >>> 11) * TWO_TO_MINUS_53);
  }

  /**
   * Bell-shaped with mean 0 and variance 1, within ±√12: the sum of four uniform 16-bit numbers. It
   * needs no logarithm and gives no outliers.
   */
  public double bell() {
    long bits = next();
    long sum =
        (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48 & 0xFFFF);
    return ((sum + 2) * 0x1p-16 - 2) * BELL_SCALE;
  }
}
