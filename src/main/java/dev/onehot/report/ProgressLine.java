package dev.onehot.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A line that says how far something is: fields, and before them a bar if the line goes to a
 * terminal. Where the terminal is too narrow, the least important parts are left out.
 */
public final class ProgressLine {

  private static final String GAP = "  ";

  /** The bar's importance among the fields. */
  private static final int BAR_RANK = 5;

  private static final int BAR = 10;
  private static final int LONG_BAR = 30;

  /** A terminal of that many columns has room for the long bar. */
  private static final int WIDE = 120;

  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final double share;
  private final List<Field> fields = new ArrayList<>();

  private record Field(int rank, String text) {}

  /**
   * @param share the share that is done, 0 to 1; NaN if it isn't known, for a line without a bar
   */
  ProgressLine(double share) {
    this.share = Math.max(0, Math.min(share, 1));
  }

  /**
   * Adds a field behind the others.
   *
   * @param rank the field's importance; 1 for the most important, which is always shown, and above
   *     5 for what is less important than the bar
   */
  ProgressLine field(int rank, String format, Object... values) {
    fields.add(new Field(rank, String.format(Locale.ROOT, format, values)));
    return this;
  }

  /** The line with its fields in other words. */
  ProgressLine as(UnaryOperator<String> words) {
    ProgressLine other = new ProgressLine(share);
    fields.forEach(field -> other.field(field.rank(), "%s", words.apply(field.text())));
    return other;
  }

  /** All fields, for a log. */
  String plain() {
    return fields.stream().map(Field::text).collect(Collectors.joining(GAP));
  }

  /**
   * The line for a terminal.
   *
   * @param columns the width of the terminal; the last column stays free, because some terminals
   *     begin a new line there
   */
  String fitted(int columns, boolean colours) {
    int length = columns < WIDE ? BAR : LONG_BAR;
    int done = (int) (share * length);
    String filled = "=".repeat(done) + (done < length ? ">" : "");
    String bar = "[" + filled + " ".repeat(length - filled.length()) + "]";
    List<Field> parts = new ArrayList<>(fields);
    if (!Double.isNaN(share)) {
      parts.add(0, new Field(BAR_RANK, bar));
    }
    List<Field> kept = kept(parts, columns - 1);
    String text = kept.stream().map(Field::text).collect(Collectors.joining(GAP));
    if (text.length() >= columns) {
      return text.substring(0, Math.max(columns - 1, 0));
    }
    return colours && kept.get(0).rank() == BAR_RANK
        ? text.replaceFirst(filled, GREEN + filled + PLAIN)
        : text;
  }

  /** The parts that have room together, the most important first; in the order of the line. */
  private static List<Field> kept(List<Field> parts, int room) {
    Set<Field> kept = new HashSet<>();
    int used = -GAP.length();
    for (Field part : parts.stream().sorted(Comparator.comparingInt(Field::rank)).toList()) {
      int more = GAP.length() + part.text().length();
      if (kept.isEmpty() || used + more <= room) {
        kept.add(part);
        used += more;
      }
    }
    return parts.stream().filter(kept::contains).toList();
  }
}
