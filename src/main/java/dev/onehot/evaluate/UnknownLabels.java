package dev.onehot.evaluate;

import dev.onehot.failure.InputException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
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
   * @param labels the labels of the model's C classes, and behind them those of the rows that have
   *     other numbers
   * @param classes C
   * @param model whose classes they are, such as {@code the model models/mnist}
   * @throws InputException if there is one; the message names each label with its first row
   */
  void requireNone(String rowsAreFrom, List<String> labels, int classes, String model) {
    if (rows == 0) {
      return;
    }
    String listed =
        first.entrySet().stream()
            .limit(LISTED)
            .map(entry -> name(labels, entry.getKey()) + " (first in row " + entry.getValue() + ")")
            .collect(Collectors.joining(", "));
    String more =
        first.size() > LISTED
            ? String.format(Locale.ROOT, " and %d more", first.size() - LISTED)
            : "";
    throw new InputException(
        String.format(
            Locale.ROOT,
            "%s: %,d rows have labels that %s doesn't know: %s%s; it has %d classes, %s to %s: use rows or a model that fit",
            rowsAreFrom,
            rows,
            model,
            listed,
            more,
            classes,
            name(labels, 0),
            name(labels, classes - 1)));
  }

  private static String name(List<String> labels, int label) {
    return label < labels.size() ? labels.get(label) : Integer.toString(label);
  }
}
