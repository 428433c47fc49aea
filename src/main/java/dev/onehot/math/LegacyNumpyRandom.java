package dev.onehot.math;

/**
 * The generator behind {@code np.random.seed(s); np.random.randn(…)}: NumPy's {@code RandomState}.
 *
 * <p>MT19937 (Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8(1), 1998), seeded by {@code
 * init_genrand}; normal deviates by Marsaglia's polar method. The method makes pairs, and the
 * second value of a pair is returned first.
 */
public final class LegacyNumpyRandom {

  private static final int N = 624;
  private static final int M = 397;

  private final int[] state = new int[N];
  private int next = N;
  private double keptGaussian;
  private boolean hasGaussian;

  /**
   * @param seed 0 … 2³² − 1
   */
  public LegacyNumpyRandom(long seed) {
    if (seed < 0 || seed > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("a seed is 0 to 4294967295, not " + seed);
    }
    state[0] = (int) seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1_812_433_253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** A standard normal deviate, like {@code np.random.randn()}. */
  public double nextGaussian() {
    if (hasGaussian) {
      hasGaussian = false;
      return keptGaussian;
    }
    double x;
    double y;
    double radiusSquared;
    do {
      x = 2 * nextDouble() - 1;
      y = 2 * nextDouble() - 1;
      radiusSquared = x * x + y * y;
    } while (radiusSquared >= 1 || radiusSquared == 0);
    double factor = Math.sqrt(-2 * DoubleLog.of(radiusSquared) / radiusSquared);
    keptGaussian = factor * x;
    hasGaussian = true;
    return factor * y;
  }

  /** A uniform deviate in [0, 1) of 53 bits, like {@code np.random.random_sample()}. */
  public double nextDouble() {
    int high = nextInt() >>> 5;
    int low = nextInt() >>> 6;
    return (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0;
  }

  /** 32 random bits. */
  private int nextInt() {
    if (next == N) {
      twist();
      next = 0;
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9D2C_5680;
    y ^= (y << 15) & 0xEFC6_0000;
    return y ^ (y >>> 18);
  }

  private void twist() {
    for (int i = 0; i < N; i++) {
      int y = (state[i] & 0x8000_0000) | (state[(i + 1) % N] & 0x7FFF_FFFF);
      state[i] = state[(i + M) % N] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908_B0DF);
    }
  }
}
