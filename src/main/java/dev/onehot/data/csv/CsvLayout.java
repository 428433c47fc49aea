package dev.onehot.data.csv;

import dev.onehot.failure.OneLine;
import java.io.Serializable;
import java.util.Locale;

/**
 * What the columns of one file are. Splits hold it.
 *
 * <p>Not a record: Kryo cannot read records.
 */
final class CsvLayout implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The role of the column of labels; that of a column of features is the feature's index. */
  static final int LABEL = -1;

  /** The role of the column of weights. */
  static final int WEIGHT = -2;

  /** The role of a column that is left out. */
  static final int LEFT_OUT = -3;

  private final byte delimiter;
  private final int[] roles;
  private final String[] names;
  private final int features;
  private final boolean inOrder;

  /**
   * @param roles for each column what it is
   * @param names for each column its name; null if the file has no header
   */
  CsvLayout(byte delimiter, int[] roles, String[] names) {
    this.delimiter = delimiter;
    this.roles = roles.clone();
    this.names = names;
    int count = 0;
    boolean ascending = true;
    for (int role : roles) {
      ascending &= role < 0 || role == count;
      count += role < 0 ? 0 : 1;
    }
    features = count;
    inOrder = ascending;
  }

  byte delimiter() {
    return delimiter;
  }

  int columns() {
    return roles.length;
  }

  int role(int column) {
    return roles[column];
  }

  /** F. */
  int features() {
    return features;
  }

  /** Whether the features stand in their order. */
  boolean inOrder() {
    return inOrder;
  }

  boolean hasHeader() {
    return names != null;
  }

  boolean has(int role) {
    for (int each : roles) {
      if (each == role) {
        return true;
      }
    }
    return false;
  }

  /** A column as people call it, such as {@code column 3 (petal_length)}. */
  String describe(int column) {
    return describe(column, names);
  }

  static String describe(int column, String[] names) {
    return names == null || column >= names.length || names[column].isEmpty()
        ? String.format(Locale.ROOT, "column %,d", column + 1)
        : String.format(Locale.ROOT, "column %,d (%s)", column + 1, OneLine.of(names[column]));
  }
}
