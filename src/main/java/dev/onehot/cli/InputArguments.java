package dev.onehot.cli;

import dev.onehot.job.InputOptions;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for the rows that a model scores. */
@HelpGroup(HelpGroup.DATA)
final class InputArguments {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder whose test rows are taken: t10k-* of MNIST, or such as test.csv [generated"
              + " digits].")
  private Path data;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      description =
          "File of rows instead (IDX, CSV, LIBSVM, NumPy), a folder of shards, or a quoted pattern"
              + " such as 'rows/*.csv'.")
  private Path input;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Of the rows; no result depends on it [one a core].")
  private Integer partitions;

  @Mixin private FormatArguments formats;

  /**
   * The options.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range
   */
  InputOptions options() {
    return new InputOptions(data, input, formats.options(), partitions);
  }
}
