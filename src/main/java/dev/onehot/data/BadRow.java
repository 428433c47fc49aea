package dev.onehot.data;

import java.io.Serializable;
import java.util.Locale;

/**
 * What is wrong with a row of a file.
 *
 * <p>Not a record: results of tasks hold it, and Kryo, which clusters may have as their serializer,
 * cannot read records.
 */
public final class BadRow implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final long record;
  private final String column;
  private final String found;
  private final String expected;

  /**
   * @param file the file's name
   * @param record the row's number in the file, from 1; a header isn't counted
   * @param column the column, as people call it, such as {@code column 3 (petal_length)}; null if
   *     the whole row is meant
   * @param found what stands there, such as {@code "abc"}
   * @param expected what was expected, such as {@code a number}
   */
  public BadRow(String file, long record, String column, String found, String expected) {
    this.file = file;
    this.record = record;
    this.column = column;
    this.found = found;
    this.expected = expected;
  }

  /** The same row, when so many rows of the file come before the first that was counted. */
  BadRow after(long before) {
    return new BadRow(file, before + record, column, found, expected);
  }

  /** The row's number in the file, from 1. */
  public long record() {
    return record;
  }

  /** The file's name. */
  String file() {
    return file;
  }

  /** One line: file, row, column, found, expected. */
  @Override
  public String toString() {
    return file + ": " + withoutFile();
  }

  /** Row, column, found, expected. */
  String withoutFile() {
    return String.format(
        Locale.ROOT,
        "row %,d%s: found %s, expected %s",
        record,
        column == null ? "" : ", " + column,
        found,
        expected);
  }
}
