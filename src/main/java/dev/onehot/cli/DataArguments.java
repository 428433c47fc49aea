package dev.onehot.cli;

import dev.onehot.job.DataOptions;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the rows to train and test on. */
@HelpGroup(HelpGroup.DATA)
final class DataArguments {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Rows to train and to test on [generated digits].")
  private Path data;

  @Option(
      names = "--train",
      paramLabel = "PATH",
      description = "File, folder or 'pattern' of rows to train on.")
  private Path train;

  @Option(names = "--test", paramLabel = "PATH", description = "The same to test on [no test].")
  private Path test;

  @Option(
      names = "--train-rows",
      paramLabel = "N",
      description = "Only the first N training rows [all].")
  private Long trainRows;

  @Mixin private ClassArguments classes;
  @Mixin private FormatArguments formats;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Of the data; no bit depends on it [one a core].")
  private Integer partitions;

  @Option(
      names = "--validation-fraction",
      paramLabel = "SHARE",
      defaultValue = "" + DataOptions.VALIDATION_FRACTION,
      description = "Share of rows to validate on [${DEFAULT-VALUE}].")
  private double validationFraction;

  double validationFraction() {
    return validationFraction;
  }

  /**
   * The options.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range
   */
  DataOptions options() {
    return new DataOptions(
        data,
        train,
        test,
        trainRows,
        classes.classes(),
        classes.classNames(),
        formats.options(),
        partitions,
        validationFraction,
        null);
  }
}
