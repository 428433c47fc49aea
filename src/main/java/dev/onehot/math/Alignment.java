package dev.onehot.math;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * Where in an array of floats vectors begin at multiples of their length in memory. Elsewhere every
 * second vector of 256 bits and every one of 512 lies in two cache lines, and loads twice as long.
 *
 * <p>Java doesn't say where an array is. HotSpot's {@code sun.misc.Unsafe} shows the reference to
 * it, whose lowest bits are the address's. Without that class, or with another JVM's references,
 * the answer is some place or other: that costs time and changes nothing. Since garbage collection
 * moves arrays, the answer is good for a while only.
 */
final class Alignment {

  /** {@code (Object array, long offset) → int}, or null where there is nothing to look with. */
  private static final MethodHandle GET_INT;

  /** Offsets of an array's first element in bytes. */
  private static final long FIRST_REFERENCE;

  private static final int FIRST_FLOAT;

  /** A reference is an address shifted right by so many bits. */
  private static final int SHIFT;

  static {
    MethodHandle getInt = null;
    int firstReference = 0;
    int firstFloat = 0;
    try {
      Class<?> type = Class.forName("sun.misc.Unsafe");
      Field instance = type.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      getInt =
          MethodHandles.lookup()
              .findVirtual(
                  type, "getInt", MethodType.methodType(int.class, Object.class, long.class))
              .bindTo(instance.get(null));
      firstReference = type.getField("ARRAY_OBJECT_BASE_OFFSET").getInt(null);
      firstFloat = type.getField("ARRAY_FLOAT_BASE_OFFSET").getInt(null);
    } catch (ReflectiveOperationException | RuntimeException e) {
      getInt = null;
    }
    GET_INT = getInt;
    FIRST_REFERENCE = firstReference;
    FIRST_FLOAT = firstFloat;
    SHIFT = shift();
  }

  /** The array, as the only element of another. */
  private final Object[] reference;

  private final int bytes;

  /**
   * @param bytes a vector's, a power of two
   */
  Alignment(float[] array, int bytes) {
    reference = new Object[] {array};
    this.bytes = bytes;
  }

  /** The index of the first such place: as things are now, less than a vector's length. */
  int first() {
    return (-((lowestBits(reference) << SHIFT) + FIRST_FLOAT) & bytes - 1) / Float.BYTES;
  }

  /** Addresses are multiples of 8; so references that aren't are shifted. */
  private static int shift() {
    int bits = 0;
    for (int i = 0; i < 64; i++) {
      bits |= lowestBits(new Object[] {new Object()});
    }
    return bits % 8 == 0 ? 0 : 3;
  }

  private static int lowestBits(Object[] reference) {
    if (GET_INT == null) {
      return 0;
    }
    try {
      return (int) GET_INT.invokeExact((Object) reference, FIRST_REFERENCE);
    } catch (Throwable e) {
      // A JVM may have the method and not let it be used.
      return 0;
    }
  }
}
