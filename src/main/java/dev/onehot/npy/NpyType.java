package dev.onehot.npy;

import java.io.IOException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of an array's items, such as {@code <f8}.
 *
 * @param kind of NumPy's kinds of types: {@code b} bool, {@code i} and {@code u} whole numbers with
 *     and without a sign, {@code f} real numbers, {@code c} complex numbers, {@code S} bytes,
 *     {@code U} text, {@code O} objects of Python, {@code V} anything else
 * @param itemBytes the bytes of an item; 0 where the header doesn't say
 * @param bigEndian whether the high byte comes first
 * @param text the type as NumPy writes it
 */
public record NpyType(char kind, int itemBytes, boolean bigEndian, String text)
    implements Serializable {

  private static final Pattern TEXT =
      Pattern.compile("([<>=|]?)([biufcSaUOVmM])(\\d{0,8})(\\[.*)?");

  /** A character of {@code U} has so many bytes. */
  private static final int BYTES_OF_CHARACTER = 4;

  /**
   * The type that a header says.
   *
   * @param descr the header's value: a text, or a list for items of several fields
   * @throws IOException if NumPy has no such type
   */
  static NpyType of(Object descr) throws IOException {
    if (!(descr instanceof String text)) {
      return new NpyType('V', 0, false, String.valueOf(descr));
    }
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IOException("no type of NumPy's: \"" + text + "\"");
    }
    char kind = parts.group(2).equals("a") ? 'S' : parts.group(2).charAt(0);
    int length = parts.group(3).isEmpty() ? 0 : Integer.parseInt(parts.group(3));
    // A header says = only if it was edited, and nearly all machines have the low byte first.
    return new NpyType(
        kind, kind == 'U' ? BYTES_OF_CHARACTER * length : length, parts.group(1).equals(">"), text);
  }

  /** Whether items are numbers that Java can hold: bool, whole, or real of 16 to 64 bits. */
  public boolean isNumber() {
    return switch (kind) {
      case 'b' -> itemBytes == 1;
      case 'i', 'u' -> itemBytes == 1 || itemBytes == 2 || itemBytes == 4 || itemBytes == 8;
      case 'f' -> itemBytes == 2 || itemBytes == 4 || itemBytes == 8;
      default -> false;
    };
  }

  /** Whether items are text. */
  public boolean isText() {
    return kind == 'U' || kind == 'S';
  }

  /** The type as NumPy writes it. */
  @Override
  public String toString() {
    return text;
  }
}
