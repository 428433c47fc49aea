package dev.onehot.report;

import java.util.Locale;

/** The summary that a command prints on stdout: lines with a name and a value. */
public final class Summary {

  private final StringBuilder text = new StringBuilder();

  /**
   * Adds a line.
   *
   * @param format a {@link String#format} pattern; numbers are written in the English way
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
