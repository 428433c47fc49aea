package dev.onehot.report;

import java.util.Locale;

/** The summary that a command prints on stdout: lines with a name and a value. */
public final class Summary {

  private static final long MEGABYTE = 1_000_000;

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

  /**
   * Adds the size of some files.
   *
   * @param bytes of all of them together
   */
  public Summary addSize(long bytes, long files) {
    return add(
        "size",
        "%s in %s",
        bytes < MEGABYTE
            ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
            : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6),
        files == 1 ? "1 file" : String.format(Locale.ROOT, "%,d files", files));
  }

  @Override
  public String toString() {
    return Redaction.uris(text.toString());
  }
}
