package dev.onehot.data.csv;

import dev.onehot.data.text.TextFile;
import dev.onehot.data.text.Utf8;
import dev.onehot.failure.InputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * The first records of a file, which tell what its columns are.
 *
 * @param file the file
 * @param records the bytes of some records
 */
record CsvSample(TextFile file, List<byte[]> records) {

  private static final int MOST_RECORDS = 200;
  private static final int ENOUGH_BYTES = 1 << 18;

  /** A row may well be 0, 1, 2, but hardly go on so. */
  private static final int LEAST_COUNTED = 4;

  /**
   * Reads the sample.
   *
   * @throws InputException if the file has nothing but empty lines
   */
  static CsvSample of(TextFile file, Configuration hadoop) {
    List<byte[]> records = new ArrayList<>();
    long bytes = 0;
    try (CsvRecords read = new CsvRecords(file.whole(), false, hadoop)) {
      while (records.size() < 2 || records.size() < MOST_RECORDS && bytes < ENOUGH_BYTES) {
        if (!read.next()) {
          break;
        }
        records.add(Arrays.copyOfRange(read.buffer(), read.start(), read.end()));
        bytes += read.end() - read.start();
      }
    }
    if (records.isEmpty()) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: found empty lines, expected rows", file.name()));
    }
    return new CsvSample(file, records);
  }

  /** The first of the records. */
  CsvSample first(int count) {
    return new CsvSample(file, records.subList(0, Math.min(count, records.size())));
  }

  /** The records split into fields, as {@link CsvFields} has them; null where quotes are wrong. */
  List<String[]> split(byte delimiter) {
    CsvFields fields = new CsvFields(delimiter);
    List<String[]> rows = new ArrayList<>();
    for (byte[] record : records) {
      boolean right = Quotes.fault(record, 0, record.length, delimiter) == null;
      rows.add(right ? fields.of(record, 0, record.length) : null);
    }
    return rows;
  }

  /**
   * What the sample says of the columns, with a header or without.
   *
   * @param knownNames names of features, if they are known
   * @param namedColumns what options call columns by
   */
  Table table(byte delimiter, Set<String> knownNames, Set<String> namedColumns) {
    List<String[]> rows = split(delimiter);
    Quotes.Fault fault = Quotes.fault(records.get(0), 0, records.get(0).length, delimiter);
    if (fault != null) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: the first line, column %,d: found %s, expected %s",
              file.name(),
              fault.column() + 1,
              fault.found(),
              Quotes.Fault.EXPECTED));
    }
    String[] first = stripped(rows.get(0));
    List<String[]> others = new ArrayList<>();
    for (String[] row : rows.subList(1, rows.size())) {
      if (row != null && row.length == first.length) {
        others.add(stripped(row));
      }
    }
    if (isHeader(first, others, knownNames, namedColumns)) {
      return new Table(file.name(), names(first), first.length, others);
    }
    int columns = commonLength(rows);
    List<String[]> data = new ArrayList<>();
    for (String[] row : rows) {
      if (row != null && row.length == columns) {
        data.add(stripped(row));
      }
    }
    return new Table(file.name(), null, columns, data);
  }

  private static String[] stripped(String[] fields) {
    return Arrays.stream(fields).map(String::strip).toArray(String[]::new);
  }

  /**
   * Whether the first record holds names: of the columns with numbers below it, more than half have
   * none in it. If there is nothing below it, it has no number. Names that are known count whatever
   * they look like, and so does one name of the labels among numbers.
   *
   * @throws InputException if it may be names or a row
   */
  private boolean isHeader(
      String[] first, List<String[]> others, Set<String> knownNames, Set<String> namedColumns) {
    long known =
        Arrays.stream(first).map(CsvSample::shownName).filter(knownNames::contains).count();
    if (known > 0 && 2 * known >= knownNames.size()) {
      return true;
    }
    if (namesLabels(first, others, namedColumns)) {
      return true;
    }
    if (counts(first) && others.stream().noneMatch(CsvSample::counts)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found 0 to %d in the first line, as programs number columns without names, expected names or a row; give the columns names, or take the line out",
              file.name(),
              first.length - 1));
    }
    int numbers = 0;
    int names = 0;
    for (int column = 0; column < first.length; column++) {
      int at = column;
      CsvText kind = CsvText.of(first[column]);
      boolean below = others.stream().anyMatch(row -> CsvText.of(row[at]).isNumber());
      if (kind != CsvText.MISSING && (below || others.isEmpty())) {
        numbers++;
        names += kind == CsvText.TEXT ? 1 : 0;
      }
    }
    return others.isEmpty() ? names > 0 && names == numbers : 2 * names > numbers;
  }

  /** Whether the first record has a column's name that stands in no record below it. */
  private static boolean namesLabels(
      String[] first, List<String[]> others, Set<String> namedColumns) {
    for (int column = 0; column < first.length; column++) {
      int at = column;
      String name = shownName(first[column]);
      if ((LabelColumn.isUsualName(name) || namedColumns.contains(name))
          && CsvText.of(first[column]) == CsvText.TEXT
          && others.stream().noneMatch(row -> row[at].equals(first[at]))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a record is 0, 1, 2, … to its end. */
  private static boolean counts(String[] record) {
    for (int column = 0; column < record.length; column++) {
      if (!record[column].equals(Integer.toString(column))) {
        return false;
      }
    }
    return record.length >= LEAST_COUNTED;
  }

  private static int commonLength(List<String[]> rows) {
    Map<Integer, Integer> counts = new HashMap<>();
    int common = 0;
    for (String[] row : rows) {
      if (row != null) {
        counts.merge(row.length, 1, Integer::sum);
      }
    }
    for (String[] row : rows) {
      if (row != null && counts.get(row.length) > counts.getOrDefault(common, 0)) {
        common = row.length;
      }
    }
    return common;
  }

  private static String shownName(String field) {
    return new String(field.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private String[] names(String[] header) {
    String[] names = new String[header.length];
    Set<String> seen = new HashSet<>();
    for (int column = 0; column < header.length; column++) {
      byte[] bytes = header[column].getBytes(StandardCharsets.ISO_8859_1);
      names[column] = Utf8.text(bytes, 0, bytes.length);
      if (names[column] == null) {
        throw header(column, Utf8.shown(bytes, 0, bytes.length), "text in UTF-8");
      }
      names[column] = names[column].strip();
      if (!names[column].isEmpty() && !seen.add(names[column])) {
        throw header(column, Utf8.shown(names[column]) + " once more", "a name of its own");
      }
    }
    return names;
  }

  private InputException header(int column, String found, String expected) {
    return new InputException(
        String.format(
            Locale.ROOT,
            "%s: the header, column %,d: found %s, expected %s",
            file.name(),
            column + 1,
            found,
            expected));
  }

  /**
   * The first rows of a file as a table.
   *
   * @param file the file's name
   * @param names the columns' names; null if the file has no header
   * @param columns how many columns there are
   * @param rows some rows of so many fields
   */
  record Table(String file, String[] names, int columns, List<String[]> rows) {

    String describe(int column) {
      return CsvLayout.describe(column, names);
    }

    /** The kind of most meaning among a column's fields. */
    CsvText kind(int column) {
      return rows.stream()
          .map(row -> CsvText.of(row[column]))
          .max(Enum::compareTo)
          .orElse(CsvText.MISSING);
    }

    /** How many different fields a column has. */
    long different(int column) {
      return rows.stream().map(row -> row[column]).distinct().count();
    }
  }
}
