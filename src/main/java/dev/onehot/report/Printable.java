package dev.onehot.report;

/** Names that come from files, made fit for a line on a terminal. */
public final class Printable {

  private static final int MOST_CHARACTERS = 40;

  private Printable() {}

  /** The name without control characters, and cut if it is long. */
  public static String name(String name) {
    String visible = name.replaceAll("\\p{Cntrl}", "\uFFFD");
    return visible.codePointCount(0, visible.length()) <= MOST_CHARACTERS
        ? visible
        : visible.substring(0, visible.offsetByCodePoints(0, MOST_CHARACTERS - 1)) + "…";
  }
}
