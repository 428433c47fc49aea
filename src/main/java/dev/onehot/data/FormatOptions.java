package dev.onehot.data;

import dev.onehot.failure.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How files of rows are read.
 *
 * @param format their format; null to find it by their names and contents
 * @param labelColumn the name of the column of labels, or its number from 1, or {@code first},
 *     {@code last} or {@code none}; null to find it
 * @param weightColumn the name of the column of weights, or its number from 1; null for none
 * @param dropColumns names or numbers of columns to leave out
 * @param delimiter what separates the columns of CSV; null to find it
 * @param zeroBased whether the indexes of LIBSVM begin at 0 rather than at 1
 * @param features F of LIBSVM, whose files don't say it; null for the largest index
 * @param missing what becomes of missing values
 * @param maxBadRows how many bad rows are left out and counted, rather than refused
 */
public record FormatOptions(
    RowFormat format,
    String labelColumn,
    String weightColumn,
    List<String> dropColumns,
    Character delimiter,
    boolean zeroBased,
    Integer features,
    MissingValues missing,
    long maxBadRows) {

  /**
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range
   */
  public FormatOptions {
    dropColumns = List.copyOf(dropColumns);
    new Problems()
        .require(
            features == null || features >= 1 && features <= SurveyCheck.MOST_FEATURES,
            "⟨features⟩ must be 1 to %,d, not %d",
            SurveyCheck.MOST_FEATURES,
            features)
        .require(maxBadRows >= 0, "⟨max-bad-rows⟩ must be at least 0, not %d", maxBadRows)
        .throwIfAny();
  }

  /** All is found by itself, and nothing bad is tolerated. */
  public static FormatOptions defaults() {
    return new FormatOptions(
        null, null, null, List.of(), null, false, null, MissingValues.REFUSE, 0);
  }

  /** The options that differ from the defaults, by name. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("format", format == null ? null : lowerCase(format));
    values.put("label-column", labelColumn);
    values.put("weight-column", weightColumn);
    values.put("drop-columns", dropColumns.isEmpty() ? null : String.join(",", dropColumns));
    values.put("delimiter", delimiter);
    values.put("zero-based", zeroBased ? true : null);
    values.put("features", features);
    values.put("missing", missing == MissingValues.REFUSE ? null : lowerCase(missing));
    values.put("max-bad-rows", maxBadRows == 0 ? null : maxBadRows);
    return values;
  }

  private static String lowerCase(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
