package dev.onehot.report;

import java.util.Locale;

/** What a command ends with on stdout: lines of a name and what is to be said of it. */
public final class Summary {

  private final StringBuilder text = new StringBuilder();

  /**
   * Adds a line.
   *
   * @param format as of {@link String#format}; numbers are written the English way
   */
  public Summary add(String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%-15s ", name))
        .append(String.format(Locale.ROOT, format, values))
        .append(System.lineSeparator());
    return this;
  }

  @Override
  public String toString() {
    return Redaction.uris(text.toString());
  }
}
