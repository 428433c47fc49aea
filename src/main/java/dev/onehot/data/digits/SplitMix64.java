package dev.onehot.data.digits;

/**
 * The SplitMix64 generator (Steele, Lea and Flood, <i>Fast splittable pseudorandom number
 * generators</i>, OOPSLA 2014, with Stafford's mix 13), started afresh for every (seed, row).
 */
final class SplitMix64 {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double TWO_TO_MINUS_53 = 0x1p-53;

  /** √3: the sum of four uniform variables has variance 4/12. */
  private static final double BELL_SCALE = Math.sqrt(3);

  private long state;

  /**
   * Starts the stream of a row. The rows of one seed get different streams: the map from row to
   * state is one to one, and scatters neighbours.
   */
  void start(long seed, long row) {
    state = mix(mix(seed + GOLDEN_GAMMA) ^ row);
  }

  /** The next 64 bits. */
  long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Uniform on {@code 0 … bound-1}; off by less than 2⁻²⁸ of the probability for small bounds. */
  int below(int bound) {
    return (int) ((next() >>> 32) * bound >>> 32);
  }

  /** Uniform on {@code [low, high)}. */
  double between(double low, double high) {
    return low + (high - low) * ((next() >>> 11) * TWO_TO_MINUS_53);
  }

  /**
   * Bell-shaped with mean 0 and variance 1, within ±√12: the sum of four uniform 16-bit numbers, of
   * which no logarithm is needed and no outlier comes.
   */
  double bell() {
    long bits = next();
    long sum =
        (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48 & 0xFFFF);
    return ((sum + 2) * 0x1p-16 - 2) * BELL_SCALE;
  }

  private static long mix(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
