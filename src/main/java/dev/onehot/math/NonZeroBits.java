package dev.onehot.math;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Which of up to 64 neighbouring bytes aren't zero, a bit each. */
final class NonZeroBits {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

  /** A product with it moves the lowest bit of byte i to bit 56 + i. */
  private static final long GATHER = 0x0102040810204080L;

  private NonZeroBits() {}

  /** How many longs hold the bits of a row. */
  static int words(int features) {
    return (features + Long.SIZE - 1) / Long.SIZE;
  }

  /**
   * One word of a row's bits.
   *
   * @param values has the row from index {@code start} on
   * @param word 0 … {@code words(features) - 1}
   * @return bit i is set if column {@code 64 · word + i} of the row isn't zero
   */
  static long word(byte[] values, int start, int features, int word) {
    int first = word * Long.SIZE;
    int count = Math.min(Long.SIZE, features - first);
    long bits = 0;
    int i = 0;
    for (; i <= count - Long.BYTES; i += Long.BYTES) {
      bits |= ofEight((long) EIGHT_BYTES.get(values, start + first + i)) << i;
    }
    for (; i < count; i++) {
      bits |= (values[start + first + i] != 0 ? 1L : 0) << i;
    }
    return bits;
  }

  /** Bit i is set if byte i isn't zero. */
  private static long ofEight(long bytes) {
    // The highest bit of each byte is set if any of its bits is.
    long highest = (bytes & LOW_BITS) + LOW_BITS | bytes;
    return (highest >>> 7 & ~LOW_BITS >>> 7) * GATHER >>> 56;
  }
}
