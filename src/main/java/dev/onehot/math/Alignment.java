package dev.onehot.math;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/**
 * Finds where vectors in an array of floats are aligned, that is, where they begin at a multiple of
 * their length in memory. Elsewhere every second vector of 256 bits, and every vector of 512 bits,
 * lies in two cache lines and takes twice as long to load.
 *
 * <p>Java doesn't say where an array is. HotSpot's {@code sun.misc.Unsafe} can read the reference
 * to it, whose lowest bits are those of the address. Without that class, or on a JVM with other
 * references, the answer may be any index; this costs time, but changes no result. The answer holds
 * only for a while, because garbage collection moves arrays.
 */
final class Alignment {

  /** {@code (Object array, long offset) → int}, or null if {@code Unsafe} can't be used. */
  private static final MethodHandle GET_INT;

  /** Where the first element of an array of references is, in bytes from the array's address. */
  private static final long FIRST_REFERENCE;

  /** Where the first element of an array of floats is. */
  private static final int FIRST_FLOAT;

  /** By how many bits an address is shifted right to make a reference. */
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

  /** Its only element is the array of floats. */
  private final Object[] reference;

  private final int bytes;

  /**
   * Looks for vectors in an array.
   *
   * @param bytes the length of a vector, a power of two
   */
  Alignment(float[] array, int bytes) {
    reference = new Object[] {array};
    this.bytes = bytes;
  }

  /** The index of the first aligned vector as the array lies now; less than a vector's length. */
  int first() {
    return (-((lowestBits(reference) << SHIFT) + FIRST_FLOAT) & bytes - 1) / Float.BYTES;
  }

  /** Objects lie at multiples of 8; so if references aren't multiples of 8, they are shifted. */
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
      // A JVM may have the method but not allow its use.
      return 0;
    }
  }
}
