package dev.onehot.cli;

import dev.onehot.job.InputOptions;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The options for the rows that a model scores. */
@HelpGroup(HelpGroup.DATA)
final class InputArguments {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with MNIST-named IDX files, whose test rows t10k-* are taken [generated digits].")
  private Path data;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      description =
          "IDX file of images instead, a folder of shards, or a quoted pattern such as"
              + " 'rows/*-images*'; labels are found beside them.")
  private Path input;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Of the rows; no result depends on it [one a core].")
  private Integer partitions;

  /**
   * The options.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range
   */
  InputOptions options() {
    return new InputOptions(data, input, partitions);
  }
}
