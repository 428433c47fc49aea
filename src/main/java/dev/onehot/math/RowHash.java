package dev.onehot.math;

/**
 * A 64-bit hash of one row: of its position in the input, its label and its values. The sum of the
 * hashes of some rows, which wraps around, is the fingerprint of these rows in any order. It finds
 * mistakes, but doesn't stop an adversary.
 */
final class RowHash {

  private RowHash() {}

  /**
   * Begins a row.
   *
   * @param position of the row in the whole input, counted from 0
   * @param features the number of columns
   */
  static long begin(long position, int features, char label) {
    return SplitMix64.mix(SplitMix64.mix(position * SplitMix64.GAMMA + features) ^ label);
  }

  /** Takes the next non-zero; columns must ascend. */
  static long step(long hash, int column, int value) {
    // A step of FNV-1a over 24 bits at a time, with the high bits brought back down.
    long product = (hash ^ (column << Byte.SIZE | value)) * SplitMix64.GAMMA;
    return product ^ product >>> 32;
  }

  /** Takes the row's weight, if rows have weights. */
  static long weight(long hash, float weight) {
    return step(hash, 0, Float.floatToIntBits(weight));
  }

  /** Takes the next non-zero that is no byte; columns must ascend. */
  static long step(long hash, int column, float value) {
    long bits = (long) column << Integer.SIZE | Integer.toUnsignedLong(Float.floatToIntBits(value));
    return SplitMix64.mix(hash ^ bits) * SplitMix64.GAMMA;
  }

  /** Ends a row after its last non-zero, and returns its hash. */
  static long end(long hash) {
    return SplitMix64.mix(hash);
  }
}
