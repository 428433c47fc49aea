package dev.onehot.math;

/**
 * The exponential function for float32 numbers that aren't positive. It uses only IEEE additions,
 * multiplications and fused multiply-adds, so it gives the same bits on every platform and in every
 * lane of a vector.
 *
 * <p>{@code exp(x) = 2ⁿ · exp(r)} with {@code n = rint(x / ln 2)} and {@code |r| ≤ ln 2 / 2}; the
 * polynomial and the split of ln 2 are those of {@code expf} in the Cephes library (Moshier, 1992).
 * The relative error is below 1.2e-7.
 */
final class FloatExp {

  /** Below this argument the result would be subnormal; it is 0 instead. */
  static final float UNDERFLOW = -87.336544f;

  static final float LOG2_E = 1.4426950408889634f;

  /** 1.5 · 2²³: adding it rounds a small float to an integer, which is left in the low bits. */
  static final float ROUNDER = 12_582_912f;

  static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;
  static final float C7 = 1.9875691500e-4f;
  static final float C6 = 1.3981999507e-3f;
  static final float C5 = 8.3334519073e-3f;
  static final float C4 = 4.1665795894e-2f;
  static final float C3 = 1.6666665459e-1f;
  static final float C2 = 5.0000001201e-1f;

  private FloatExp() {}

  /**
   * {@code exp(x)}.
   *
   * @param x at most 0
   */
  static float of(float x) {
    if (x < UNDERFLOW) {
      return 0;
    }
    float shifted = Math.fma(x, LOG2_E, ROUNDER);
    float n = shifted - ROUNDER;
    float r = Math.fma(n, -LN2_HIGH, x);
    r = Math.fma(n, -LN2_LOW, r);
    float p = Math.fma(C7, r, C6);
    p = Math.fma(p, r, C5);
    p = Math.fma(p, r, C4);
    p = Math.fma(p, r, C3);
    p = Math.fma(p, r, C2);
    p = Math.fma(p, r * r, r) + 1;
    int exponent = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
    return p * Float.intBitsToFloat((exponent + 127) << 23);
  }
}
