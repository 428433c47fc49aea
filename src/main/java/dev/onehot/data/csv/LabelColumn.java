package dev.onehot.data.csv;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.KnownRows;
import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds the column of labels: the one that is named; otherwise the only one with a usual name;
 * otherwise the first or the last, if only one of them can hold labels.
 *
 * @param table the first rows
 * @param columns the columns that are neither left out nor weights, ascending
 */
record LabelColumn(
    CsvSample.Table table,
    List<Integer> columns,
    FormatOptions options,
    KnownRows known,
    boolean required) {

  private static final int NONE = -1;

  private static final Set<String> USUAL_NAMES =
      Set.of("label", "class", "target", "species", "category");

  /** A usual name, too, but also that of a coordinate. */
  private static final String USUAL_LETTER = "y";

  /** Of so many rows or more, some have the same label. */
  private static final int ENOUGH_ROWS = 20;

  /** Whether a column of this name holds the labels, whatever else there is. */
  static boolean isUsualName(String name) {
    return USUAL_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * The column; −1 if there are no labels.
   *
   * @throws InputException if there are none but have to be, or it is in doubt where they are
   */
  int find() {
    int found = options.labelColumn() == null ? byItself() : named(options.labelColumn());
    if (found == NONE && required) {
      throw new InputException(
          SettingNames.format(
              "%s: found no labels, expected a column of them; name it by ⟨label-column⟩",
              table.file()));
    }
    return found;
  }

  private int named(String name) {
    int column = ColumnChoice.find(table, name);
    if (column != NONE && columns.contains(column)) {
      return column;
    }
    switch (name) {
      case "none":
        return NONE;
      case "first":
      case "last":
        if (columns.isEmpty() || !required && areFeatures()) {
          return NONE;
        }
        return columns.get(name.equals("first") ? 0 : columns.size() - 1);
      default:
        if (required) {
          throw ColumnChoice.notFound(table, name, "label-column");
        }
        return NONE;
    }
  }

  /** Whether the columns are just the features. */
  private boolean areFeatures() {
    return isByName()
        ? Set.copyOf(known.featureNames())
            .containsAll(columns.stream().map(c -> table.names()[c]).toList())
        : columns.size() == known.features();
  }

  private boolean isByName() {
    return table.names() != null && !known.featureNames().isEmpty();
  }

  private int byItself() {
    if (areFeatures()) {
      return NONE;
    }
    if (table.names() != null) {
      Set<String> features = Set.copyOf(known.featureNames());
      List<Integer> others =
          columns.stream().filter(c -> !features.contains(table.names()[c])).toList();
      List<Integer> usual = others.stream().filter(c -> USUAL_NAMES.contains(name(c))).toList();
      if (usual.isEmpty()) {
        usual = others.stream().filter(c -> name(c).equals(USUAL_LETTER)).toList();
      }
      if (usual.size() == 1) {
        return usual.get(0);
      }
      if (usual.size() > 1) {
        throw doubt(
            String.format(
                Locale.ROOT,
                "%s and %s, which may both hold the labels",
                table.describe(usual.get(0)),
                table.describe(usual.get(1))));
      }
      if (!features.isEmpty()) {
        return others.size() == 1 && required ? others.get(0) : NONE;
      }
    }
    return firstOrLast();
  }

  private String name(int column) {
    return table.names()[column].toLowerCase(Locale.ROOT);
  }

  private int firstOrLast() {
    if (columns.size() < 2) {
      return NONE;
    }
    int first = columns.get(0);
    int last = columns.get(columns.size() - 1);
    boolean firstCan = canHoldLabels(first);
    boolean lastCan = canHoldLabels(last);
    if (firstCan && lastCan) {
      // Features are never texts.
      firstCan = table.kind(first) == CsvText.TEXT;
      lastCan = table.kind(last) == CsvText.TEXT;
    }
    if (firstCan == lastCan) {
      throw doubt("no column that plainly holds the labels");
    }
    return firstCan ? first : last;
  }

  /** Whether it has texts or whole numbers, and not another one on each row. */
  private boolean canHoldLabels(int column) {
    CsvText kind = table.kind(column);
    int rows = table.rows().size();
    return (kind == CsvText.TEXT || kind == CsvText.WHOLE)
        && (rows < ENOUGH_ROWS || table.different(column) < rows);
  }

  private InputException doubt(String found) {
    return new InputException(
        SettingNames.format(
            "%s: found %s, expected one; name it by ⟨label-column⟩, as a name, a number from 1, first or last%s",
            table.file(), found, required ? "" : ", or none"));
  }
}
