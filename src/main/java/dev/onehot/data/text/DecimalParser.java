package dev.onehot.data.text;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads decimal numbers such as {@code -12.5e-3} from bytes, rounded correctly to float64.
 *
 * <p>A number whose digits are a whole number up to 2^53, times or by a power of ten up to 10^22,
 * takes one rounding, since both are exact in float64 (W. D. Clinger, How to Read Floating Point
 * Numbers Accurately, 1990). Others are left to {@link Double#parseDouble}.
 */
public final class DecimalParser {

  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** Points may stand between thousands. */
  private static final Pattern DECIMAL_COMMA =
      Pattern.compile("[+-]?[0-9.]*,[0-9]+([eE][+-]?[0-9]+)?");

  private static final int MOST_DIGITS = 18;
  private static final long LARGEST_EXACT = 1L << 53;
  private static final int LARGEST_EXPONENT = 100_000;

  private DecimalParser() {}

  /**
   * The number that the bytes {@code start} to {@code end − 1} are: a sign or none, digits with a
   * point or none, an exponent or none.
   *
   * @return the nearest float64, infinite where it is beyond; NaN if they are no such number, and
   *     so for {@code NaN} and {@code inf}
   */
  public static double parse(byte[] bytes, int start, int end) {
    int i = start;
    boolean negative = i < end && bytes[i] == '-';
    if (negative || i < end && bytes[i] == '+') {
      i++;
    }
    long whole = 0;
    int digits = 0;
    int significant = 0;
    int exponent = 0;
    boolean fraction = false;
    for (; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9) {
        digits++;
        if (significant > 0 || digit > 0) {
          significant++;
        }
        whole = 10 * whole + digit;
        exponent -= fraction ? 1 : 0;
      } else if (bytes[i] == '.' && !fraction) {
        fraction = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return Double.NaN;
    }
    if (i < end) {
      int written = exponent(bytes, i, end);
      if (written == Integer.MIN_VALUE) {
        return Double.NaN;
      }
      exponent += written;
    }
    if (significant > MOST_DIGITS || whole > LARGEST_EXACT) {
      return slowly(bytes, start, end);
    }
    if (exponent == 0 || whole == 0) {
      return negative ? -(double) whole : whole;
    }
    if (Math.abs(exponent) >= POWERS_OF_TEN.length) {
      return slowly(bytes, start, end);
    }
    double magnitude =
        exponent < 0 ? whole / POWERS_OF_TEN[-exponent] : whole * POWERS_OF_TEN[exponent];
    return negative ? -magnitude : magnitude;
  }

  /** Whether the bytes are a number with a decimal comma, such as {@code 13,78}. */
  public static boolean hasDecimalComma(byte[] bytes, int start, int end) {
    return DECIMAL_COMMA
        .matcher(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1))
        .matches();
  }

  /** The exponent that stands at {@code at}; MIN_VALUE if what stands there is none. */
  private static int exponent(byte[] bytes, int at, int end) {
    int i = at;
    if (bytes[i] != 'e' && bytes[i] != 'E') {
      return Integer.MIN_VALUE;
    }
    i++;
    boolean negative = i < end && bytes[i] == '-';
    if (negative || i < end && bytes[i] == '+') {
      i++;
    }
    if (i == end) {
      return Integer.MIN_VALUE;
    }
    int exponent = 0;
    for (; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return Integer.MIN_VALUE;
      }
      // Beyond this all are 0 or infinite alike.
      exponent = Math.min(LARGEST_EXPONENT, 10 * exponent + digit);
    }
    return negative ? -exponent : exponent;
  }

  private static double slowly(byte[] bytes, int start, int end) {
    return Double.parseDouble(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
  }
}
