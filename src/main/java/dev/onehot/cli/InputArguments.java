package dev.onehot.cli;

import dev.onehot.job.InputOptions;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The options for the rows that a model scores. */
final class InputArguments {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with MNIST-named IDX files; its test rows, t10k-images*, are taken. Without any"
              + " data: the 10,000 generated digits that train tests on.")
  private Path data;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      description =
          "IDX file of images instead, raw or .gz; or a folder of its shards; or a quoted pattern,"
              + " such as 'rows/*-images*', whose files are taken in the order of their names."
              + " Labels beside the images are used, under the same name with labels for images"
              + " and idx1 for idx3.")
  private Path input;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Partitions of the rows; changes no result (default: as many as cores, or a multiple of"
              + " that for many rows).")
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
