package dev.onehot.cli;

import dev.onehot.job.DataOptions;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The options for the rows to train and test on. */
final class DataArguments {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder with MNIST-named IDX files, raw or .gz, whole or sharded: train-images*,"
              + " train-labels*, t10k-images*, t10k-labels*. Without any data: 60,000 + 10,000"
              + " generated digits.")
  private Path data;

  @Option(
      names = "--train",
      paramLabel = "PATH",
      description =
          "IDX file of training images instead; its labels are beside it, under the same name with"
              + " labels for images and idx1 for idx3.")
  private Path train;

  @Option(
      names = "--test",
      paramLabel = "PATH",
      description = "IDX file of test images instead; labels likewise. Without: no test.")
  private Path test;

  @Option(
      names = "--train-rows",
      paramLabel = "N",
      description = "Use the first N training rows only (default: all).")
  private Long trainRows;

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "" + DataOptions.CLASSES,
      description = "Labels are 0 to N-1 (default: ${DEFAULT-VALUE}).")
  private int classes;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Partitions of the data; changes no bit of the model (default: as many as cores, or a"
              + " multiple of that once a partition would have more than 128 MB of pixels, 16 MB"
              + " for each core with more than 8 of them, at most 1 GB; at most four for 32,768"
              + " rows).")
  private Integer partitions;

  @Option(
      names = "--validation-fraction",
      paramLabel = "SHARE",
      defaultValue = "" + DataOptions.VALIDATION_FRACTION,
      description =
          "Share of the training rows to hold back for validation (default: ${DEFAULT-VALUE}).")
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
    return new DataOptions(data, train, test, trainRows, classes, partitions, validationFraction);
  }
}
