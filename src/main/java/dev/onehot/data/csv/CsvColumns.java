package dev.onehot.data.csv;

import dev.onehot.failure.InputException;
import dev.onehot.failure.OneLine;
import dev.onehot.failure.SettingNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the columns of all files are, as the first file tells.
 *
 * @param table the first rows of the first file
 * @param roles for each of its columns what it is
 */
record CsvColumns(CsvSample.Table table, int[] roles) {

  /** The end of messages about files that don't fit each other. */
  private static final String SAME_COLUMNS = "; give files of the same columns";

  /** F. */
  int features() {
    return (int) Arrays.stream(roles).filter(role -> role >= 0).count();
  }

  boolean labelled() {
    return Arrays.stream(roles).anyMatch(role -> role == CsvLayout.LABEL);
  }

  /** Whether files have headers. */
  boolean named() {
    return table.names() != null;
  }

  /** F names; empty without a header. */
  List<String> featureNames() {
    if (table.names() == null) {
      return List.of();
    }
    String[] names = new String[features()];
    for (int column = 0; column < roles.length; column++) {
      if (roles[column] >= 0) {
        names[roles[column]] = table.names()[column];
      }
    }
    return List.of(names);
  }

  /**
   * What the columns of a file are.
   *
   * @throws InputException if it has other columns
   */
  CsvLayout layout(CsvSample.Table other, byte delimiter) {
    if ((other.names() == null) != (table.names() == null)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found %s, expected %s as in %s; give all files a header, or none",
              other.file(),
              other.names() == null ? "no header" : "a header",
              other.names() == null ? "one" : "none",
              table.file()));
    }
    if (table.names() != null) {
      return byName(other, delimiter);
    }
    if (other.columns() != table.columns()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found %,d columns, expected %,d as in %s%s",
              other.file(),
              other.columns(),
              table.columns(),
              table.file(),
              SAME_COLUMNS));
    }
    return new CsvLayout(delimiter, roles, null);
  }

  private CsvLayout byName(CsvSample.Table other, byte delimiter) {
    List<String> here = Arrays.asList(table.names());
    List<String> there = Arrays.asList(other.names());
    List<String> unknown = new ArrayList<>(there);
    unknown.removeAll(here);
    for (int column = 0; column < roles.length; column++) {
      if (roles[column] != CsvLayout.LEFT_OUT && !there.contains(here.get(column))) {
        throw missing(other.file(), here.get(column), unknown, table.file(), SAME_COLUMNS);
      }
    }
    int[] its = new int[there.size()];
    for (int column = 0; column < its.length; column++) {
      int same = here.indexOf(there.get(column));
      if (same < 0) {
        throw unknown(other, column, table.file(), "");
      }
      its[column] = roles[same];
    }
    return new CsvLayout(delimiter, its, other.names());
  }

  /**
   * @param unknown columns that may be it under another name
   * @param reference what has the column
   * @param advice the end of the sentence
   */
  static InputException missing(
      String file, String name, List<String> unknown, String reference, String advice) {
    return new InputException(
        String.format(
            Locale.ROOT,
            "%s: column %s: found none%s, expected it as in %s%s",
            file,
            OneLine.of(name),
            unknown.isEmpty() ? "" : " but " + ColumnChoice.listed(unknown),
            reference,
            advice));
  }

  /**
   * @param reference what has no such column
   * @param advice the end of the sentence
   */
  static InputException unknown(
      CsvSample.Table table, int column, String reference, String advice) {
    return new InputException(
        SettingNames.format(
            "%s: %s: found a column that is not in %s, expected none; leave it out by ⟨drop-columns⟩%s",
            table.file(), table.describe(column), reference, advice));
  }
}
