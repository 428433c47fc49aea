package dev.onehot.data.csv;

import dev.onehot.data.FormatOptions;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** What separates the columns of a file. */
final class CsvDelimiter {

  private static final String CANDIDATES = ",;\t|";

  /** So many records are cut to compare. */
  private static final int ENOUGH_RECORDS = 10;

  private CsvDelimiter() {}

  /**
   * The delimiter that the options name, or the one that cuts the records of a sample best.
   *
   * @throws InvalidSettingsException if the options name what cannot be one
   */
  static byte of(FormatOptions options, CsvSample sample) {
    if (options.delimiter() == null) {
      return find(sample);
    }
    char named = options.delimiter();
    if (named == Quotes.QUOTE || named == '\n' || named == '\r' || named == 0 || named > 127) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨delimiter⟩ must be a character of ASCII, neither a quote nor a line break"));
    }
    return (byte) named;
  }

  /**
   * How well a delimiter cuts records.
   *
   * @param even how many of them have as many columns as the first
   * @param numbers how many numbers they have, beginning with the second
   * @param columns how many columns the first has
   */
  private record Cut(byte delimiter, int even, long numbers, int columns) {

    static Cut of(byte delimiter, CsvSample sample) {
      List<String[]> rows = sample.split(delimiter).stream().filter(Objects::nonNull).toList();
      int columns = rows.isEmpty() ? 0 : rows.get(0).length;
      int even = (int) rows.stream().filter(row -> row.length == columns).count();
      long numbers =
          rows.stream()
              .skip(1)
              .flatMap(java.util.Arrays::stream)
              .filter(field -> CsvText.of(field.strip()).isNumber())
              .count();
      return new Cut(delimiter, even, numbers, columns);
    }
  }

  private static byte find(CsvSample sample) {
    CsvSample few = sample.first(ENOUGH_RECORDS);
    return CANDIDATES
        .chars()
        .mapToObj(candidate -> Cut.of((byte) candidate, few))
        .filter(cut -> cut.columns > 1)
        // Of equal ones the first stays.
        .reduce((best, cut) -> BY_QUALITY.compare(cut, best) > 0 ? cut : best)
        .map(Cut::delimiter)
        .orElse((byte) CANDIDATES.charAt(0));
  }

  private static final Comparator<Cut> BY_QUALITY =
      Comparator.comparingInt(Cut::even)
          .thenComparingLong(Cut::numbers)
          .thenComparingInt(Cut::columns);
}
