package dev.onehot.failure;

import java.util.Locale;

/** Texts from files as parts of messages, which have one line. */
public final class OneLine {

  private OneLine() {}

  /**
   * The text with control characters written as in Java: {@code \n}, {@code \t}, and the number of
   * others.
   */
  public static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(point -> append(point, line));
    return line.toString();
  }

  private static void append(int point, StringBuilder line) {
    switch (point) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (Character.isISOControl(point)) {
          line.append(String.format(Locale.ROOT, "\\u%04x", point));
        } else {
          line.appendCodePoint(point);
        }
      }
    }
  }
}
