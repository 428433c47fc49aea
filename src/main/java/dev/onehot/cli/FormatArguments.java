package dev.onehot.cli;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.MissingValues;
import dev.onehot.data.RowFormat;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options for how files of rows are read. */
@HelpGroup(HelpGroup.FORMATS)
final class FormatArguments {

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "idx, csv, libsvm or npy [by name or content].")
  private RowFormat format;

  @Option(
      names = "--label-column",
      paramLabel = "COLUMN",
      description = "Name, number from 1, first, last or none [found].")
  private String labelColumn;

  @Option(
      names = "--weight-column",
      paramLabel = "COLUMN",
      description = "Name or number of the column of weights [none].")
  private String weightColumn;

  @Option(
      names = "--drop-columns",
      paramLabel = "COLUMNS",
      split = ",",
      hideParamSyntax = true,
      description = "Names or numbers of columns to leave out [none].")
  private List<String> dropColumns = new ArrayList<>();

  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "Between the columns of CSV, or tab [found].")
  private String delimiter;

  @Option(
      names = "--zero-based",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description = "Indexes of LIBSVM begin at 0 [${DEFAULT-VALUE}].")
  private boolean zeroBased;

  @Option(
      names = "--features",
      paramLabel = "N",
      description = "How many LIBSVM rows have [the largest index].")
  private Integer features;

  @Option(
      names = "--missing",
      paramLabel = "WHAT",
      defaultValue = "refuse",
      description = "Missing values: refuse, zero or mean [${DEFAULT-VALUE}].")
  private MissingValues missing;

  @Option(
      names = "--max-bad-rows",
      paramLabel = "N",
      defaultValue = "0",
      description = "Leave out up to N bad rows, and say so [${DEFAULT-VALUE}].")
  private long maxBadRows;

  /**
   * The options.
   *
   * @throws InvalidSettingsException if a value is out of range
   */
  FormatOptions options() {
    return new FormatOptions(
        format,
        labelColumn,
        weightColumn,
        dropColumns,
        character(),
        zeroBased,
        features,
        missing,
        maxBadRows);
  }

  private Character character() {
    if (delimiter == null) {
      return null;
    }
    if (delimiter.equals("tab") || delimiter.equals("\\t")) {
      return '\t';
    }
    if (delimiter.length() != 1) {
      throw new InvalidSettingsException(
          SettingNames.format("⟨delimiter⟩ must be one character, or tab, not \"%s\"", delimiter));
    }
    return delimiter.charAt(0);
  }
}
