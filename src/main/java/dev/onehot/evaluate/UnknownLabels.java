package dev.onehot.evaluate;

import dev.onehot.failure.InputException;
import java.io.Serializable;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rows whose label is no class of the model. */
final class UnknownLabels implements Serializable {

  private static final long serialVersionUID = 1L;

  /** More labels than these are counted, not listed. */
  private static final int LISTED = 5;

  private long rows;

  /** For each label, the position of its first row. */
  private final TreeMap<Integer, Long> first = new TreeMap<>();

  void add(int label, long position) {
    rows++;
    first.merge(label, position, Math::min);
  }

  void add(UnknownLabels other) {
    rows += other.rows;
    other.first.forEach((label, position) -> first.merge(label, position, Math::min));
  }

  /**
   * Makes sure that there are none.
   *
   * @param rowsAreFrom the source of the rows, in a few words
   * @param classes the number of the model's classes
   * @throws InputException if there is one; the message names each label with its first row
   */
  void requireNone(String rowsAreFrom, int classes) {
    if (rows == 0) {
      return;
    }
    String listed =
        first.entrySet().stream()
            .limit(LISTED)
            .map(Map.Entry::toString)
            .map(entry -> entry.replace("=", " (first in row ") + ")")
            .collect(Collectors.joining(", "));
    String more =
        first.size() > LISTED
            ? String.format(Locale.ROOT, " and %d more", first.size() - LISTED)
            : "";
    throw new InputException(
        String.format(
            Locale.ROOT,
            "%s: %,d rows have labels that the model doesn't know: %s%s; it has %d classes, 0 to %d: use rows or a model that fit",
            rowsAreFrom,
            rows,
            listed,
            more,
            classes,
            classes - 1));
  }
}
