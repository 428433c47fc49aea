package dev.onehot.data.csv;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.KnownRows;
import dev.onehot.failure.InputException;
import dev.onehot.failure.OneLine;
import dev.onehot.failure.SettingNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Decides what the columns of the first file are: features, labels, weights, or left out. */
final class ColumnChoice {

  private static final int LISTED = 10;
  private static final int UNDECIDED = Integer.MIN_VALUE;
  private static final int NONE = -1;

  private final CsvSample.Table table;
  private final FormatOptions options;
  private final KnownRows known;
  private final boolean labelsRequired;
  private final int[] roles;

  ColumnChoice(
      CsvSample.Table table, FormatOptions options, KnownRows known, boolean labelsRequired) {
    this.table = table;
    this.options = options;
    this.known = known;
    this.labelsRequired = labelsRequired;
    this.roles = new int[table.columns()];
    Arrays.fill(roles, UNDECIDED);
  }

  /**
   * The decision.
   *
   * @throws InputException if it is in doubt, or the columns are others than they have to be
   */
  CsvColumns choose() {
    for (String dropped : options.dropColumns()) {
      take(dropped, "drop-columns", CsvLayout.LEFT_OUT);
    }
    if (options.weightColumn() != null) {
      take(options.weightColumn(), "weight-column", CsvLayout.WEIGHT);
    }
    int label = new LabelColumn(table, undecided(), options, known, labelsRequired).find();
    if (label != NONE) {
      roles[label] = CsvLayout.LABEL;
    }
    if (isByName()) {
      matchNames();
    } else {
      number();
    }
    return new CsvColumns(table, roles);
  }

  /** Gives a column a role. Rows without labels may lack it, such as those to predict. */
  private void take(String column, String setting, int role) {
    int found = find(table, column);
    if (found != NONE) {
      roles[found] = role;
    } else if (labelsRequired) {
      throw notFound(table, column, setting);
    }
  }

  /** A column by its name or its number from 1; −1 if there is none. */
  static int find(CsvSample.Table table, String column) {
    int named = table.names() == null ? NONE : Arrays.asList(table.names()).indexOf(column);
    if (named != NONE || !column.matches("\\d{1,9}")) {
      return named;
    }
    int number = Integer.parseInt(column);
    return number >= 1 && number <= table.columns() ? number - 1 : NONE;
  }

  static InputException notFound(CsvSample.Table table, String column, String setting) {
    return new InputException(
        SettingNames.format(
            "%s: found no column \"%s\", which "
                + SettingNames.mark(setting)
                + " names, expected one of %s",
            table.file(),
            column,
            table.names() == null
                ? String.format(Locale.ROOT, "1 to %,d, as there is no header", table.columns())
                : listed(Arrays.asList(table.names()))));
  }

  private List<Integer> undecided() {
    return IntStream.range(0, roles.length).filter(c -> roles[c] == UNDECIDED).boxed().toList();
  }

  private boolean isByName() {
    return table.names() != null && !known.featureNames().isEmpty();
  }

  private void matchNames() {
    Map<String, Integer> indexes = new HashMap<>();
    for (String name : known.featureNames()) {
      indexes.put(name, indexes.size());
    }
    List<String> unknown = new ArrayList<>();
    for (int column : undecided()) {
      Integer index = indexes.remove(table.names()[column]);
      if (index == null) {
        unknown.add(table.names()[column]);
      } else {
        roles[column] = index;
      }
    }
    for (String name : known.featureNames()) {
      if (indexes.containsKey(name)) {
        throw CsvColumns.missing(
            table.file(), name, unknown, known.origin(), "; add it, or " + known.change());
      }
    }
    for (int column : undecided()) {
      throw CsvColumns.unknown(table, column, known.origin(), ", or " + known.change());
    }
  }

  private void number() {
    int features = 0;
    for (int column : undecided()) {
      if (table.names() != null && table.names()[column].isEmpty()) {
        throw new InputException(
            SettingNames.format(
                "%s: the header, column %,d: found no name, expected one; leave the column out by ⟨drop-columns⟩ %d",
                table.file(), column + 1, column + 1));
      }
      roles[column] = features++;
    }
    if (features == 0 || known.features() > 0 && features != known.features()) {
      throw new InputException(
          SettingNames.format(
              "%s: found %,d %s of features, expected %s; name others by ⟨label-column⟩, ⟨weight-column⟩ and ⟨drop-columns⟩",
              table.file(),
              features,
              features == 1 ? "column" : "columns",
              known.features() > 0
                  ? String.format(Locale.ROOT, "%,d", known.features())
                  : "at least one"));
    }
  }

  /** Some of the names. */
  static String listed(List<String> names) {
    String first = names.stream().limit(LISTED).map(OneLine::of).collect(Collectors.joining(", "));
    return names.size() > LISTED
        ? String.format(Locale.ROOT, "%s … (%,d)", first, names.size())
        : first;
  }
}
