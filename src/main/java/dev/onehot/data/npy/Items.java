package dev.onehot.data.npy;

import dev.onehot.data.ClassLabels;
import dev.onehot.npy.NpyType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Makes numbers and labels of the bytes of an array's items. */
final class Items {

  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  /** 2^-24, the least number above 0 of float16. */
  private static final float HALF_UNIT = 0x1p-24f;

  private static final int MOST_KEPT_LABELS = 4096;

  private final char kind;
  private final int bytes;
  private final boolean swapped;
  private final Map<Long, String> wholeLabels = new HashMap<>();

  /** Items of a type of number or text. */
  Items(NpyType type) {
    kind = type.kind();
    bytes = type.itemBytes();
    swapped = type.bigEndian();
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether items are unsigned bytes, so that numbers needn't be made of them. */
  boolean areBytes() {
    return bytes == 1 && (kind == 'u' || kind == 'b');
  }

  /**
   * Numbers as float32, rounded to the nearest from float64, as of any text. What is beyond float32
   * becomes infinite.
   *
   * @param from the offset of the first item in {@code items}
   * @param into receives {@code count} numbers, {@code step} apart from {@code at} on
   */
  void copy(byte[] items, int from, int count, float[] into, int at, int step) {
    if (kind == 'f' && bytes == Float.BYTES) {
      for (int i = 0; i < count; i++) {
        // Negative zeros become zeros.
        into[at + i * step] = Float.intBitsToFloat(integer(items, from + i * Float.BYTES)) + 0f;
      }
    } else if (kind == 'f' && bytes == Double.BYTES) {
      for (int i = 0; i < count; i++) {
        double value = Double.longBitsToDouble(whole(items, from + i * Double.BYTES));
        into[at + i * step] = (float) value + 0f;
      }
    } else {
      for (int i = 0; i < count; i++) {
        into[at + i * step] = (float) number(items, from + i * bytes) + 0f;
      }
    }
  }

  /** A number as float64. Whole numbers of 64 bits are rounded to the nearest. */
  double number(byte[] items, int at) {
    if (kind == 'f') {
      return switch (bytes) {
        case Short.BYTES -> half(shorter(items, at));
        case Float.BYTES -> Float.intBitsToFloat(integer(items, at));
        default -> Double.longBitsToDouble(whole(items, at));
      };
    }
    long value = wholeNumber(items, at);
    if (kind != 'u' || value >= 0) {
      return value;
    }
    // The bit that is lost still decides how the half is rounded.
    return (double) (value >>> 1 | value & 1) * 2;
  }

  /** A whole number; of uint64 its bits. */
  private long wholeNumber(byte[] items, int at) {
    boolean signed = kind == 'i';
    return switch (bytes) {
      case Byte.BYTES -> signed ? items[at] : Byte.toUnsignedLong(items[at]);
      case Short.BYTES -> signed ? shorter(items, at) : Short.toUnsignedLong(shorter(items, at));
      case Integer.BYTES ->
          signed ? integer(items, at) : Integer.toUnsignedLong(integer(items, at));
      default -> whole(items, at);
    };
  }

  private short shorter(byte[] items, int at) {
    short value = (short) SHORTS.get(items, at);
    return swapped ? Short.reverseBytes(value) : value;
  }

  private int integer(byte[] items, int at) {
    int value = (int) INTS.get(items, at);
    return swapped ? Integer.reverseBytes(value) : value;
  }

  private long whole(byte[] items, int at) {
    long value = (long) LONGS.get(items, at);
    return swapped ? Long.reverseBytes(value) : value;
  }

  /** A number of float16 (IEEE 754 binary16). */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * HALF_UNIT;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Float.intBitsToFloat(exponent + 127 - 15 << 23 | fraction << 13);
        };
    return bits < 0 ? -magnitude : magnitude;
  }

  /**
   * An item as a label: a whole number in one way of writing, another number as Java writes it, a
   * text without outer spaces; a bool is 0 or 1.
   *
   * @return null if it is no label: NaN, infinite, or an empty text
   */
  String label(byte[] items, int at) {
    if (kind == 'U' || kind == 'S') {
      String label = ClassLabels.canonical(text(items, at));
      return label.isEmpty() ? null : label;
    }
    if (kind != 'f') {
      long value = wholeNumber(items, at);
      return value < 0 && kind == 'u' ? Long.toUnsignedString(value) : wholeLabel(value);
    }
    double value = number(items, at);
    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
      return null;
    }
    if (value == (long) value && Math.abs(value) < 0x1p62) {
      return wholeLabel((long) value);
    }
    if (value == Math.rint(value)) {
      return new BigDecimal(value).toBigInteger().toString();
    }
    return bytes == Double.BYTES ? Double.toString(value) : Float.toString((float) value);
  }

  private String wholeLabel(long value) {
    String known = wholeLabels.get(value);
    if (known == null) {
      known = Long.toString(value);
      if (wholeLabels.size() < MOST_KEPT_LABELS) {
        wholeLabels.put(value, known);
      }
    }
    return known;
  }

  /** An item as it is shown in messages. */
  String shown(byte[] items, int at) {
    if (kind == 'U' || kind == 'S') {
      return '"' + text(items, at) + '"';
    }
    if (kind != 'f') {
      return kind == 'u'
          ? Long.toUnsignedString(wholeNumber(items, at))
          : Long.toString(wholeNumber(items, at));
    }
    double value = number(items, at);
    if (Double.isNaN(value)) {
      return "nan";
    }
    return Double.isInfinite(value) ? value < 0 ? "-inf" : "inf" : Double.toString(value);
  }

  /** A text, which NumPy fills with zeros at its end. */
  private String text(byte[] items, int at) {
    Charset charset =
        kind == 'S' ? StandardCharsets.UTF_8 : Charset.forName(swapped ? "UTF-32BE" : "UTF-32LE");
    String padded = new String(items, at, bytes, charset);
    int end = padded.length();
    while (end > 0 && padded.charAt(end - 1) == 0) {
      end--;
    }
    return padded.substring(0, end);
  }
}
