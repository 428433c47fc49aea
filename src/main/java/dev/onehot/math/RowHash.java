package dev.onehot.math;

/**
 * 64 bits of one row: its position in the input, its label and its values. Sums of them over rows,
 * which wrap around, are the fingerprint of these rows in any order. Good against mistakes, not
 * against an adversary.
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

  /** Takes the next non-zero, in ascending column. */
  static long step(long hash, int column, int value) {
    // A step of FNV-1a over 24 bits at a time, with the high bits brought back down.
    long product = (hash ^ (column << Byte.SIZE | value)) * SplitMix64.GAMMA;
    return product ^ product >>> 32;
  }

  /** What counts of a row whose non-zeros were all taken. */
  static long end(long hash) {
    return SplitMix64.mix(hash);
  }
}
