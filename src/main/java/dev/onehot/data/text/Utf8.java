package dev.onehot.data.text;

import dev.onehot.failure.OneLine;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bytes of a file as text. */
public final class Utf8 {

  private static final int MOST_SHOWN = 40;

  private Utf8() {}

  /** The text that the bytes {@code start} to {@code end − 1} are; null if they are not UTF-8. */
  public static String text(byte[] bytes, int start, int end) {
    boolean ascii = true;
    for (int i = start; i < end; i++) {
      ascii &= bytes[i] >= 0;
    }
    if (ascii) {
      return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, start, end - start))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /**
   * The bytes in quotes for a message of one line: cut if they are many, with � for what is not
   * UTF-8, and control characters as in Java.
   */
  public static String shown(byte[] bytes, int start, int end) {
    int cut = Math.min(end, start + 4 * MOST_SHOWN);
    return shown(new String(bytes, start, cut - start, StandardCharsets.UTF_8));
  }

  /**
   * A text in quotes for a message of one line: cut if it is long, control characters as in Java.
   */
  public static String shown(String text) {
    boolean all = text.codePointCount(0, text.length()) <= MOST_SHOWN;
    String part = all ? text : text.substring(0, text.offsetByCodePoints(0, MOST_SHOWN)) + "…";
    return '"' + OneLine.of(part) + '"';
  }
}
