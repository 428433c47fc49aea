package dev.onehot.cli;

import dev.onehot.data.DefaultPartitions;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.RowSource;
import dev.onehot.data.digits.GeneratedSource;
import dev.onehot.data.idx.IdxFiles;
import dev.onehot.data.idx.IdxSource;
import dev.onehot.data.mnist.MnistFolder;
import dev.onehot.failure.InputException;
import dev.onehot.failure.Problems;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The options of what to train and test on. */
final class DataArguments {

  /** What was measured to be practical; the format itself would allow 256. */
  private static final int MAX_CLASSES = 256;

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
      defaultValue = "10",
      description = "Labels are 0 to N-1 (default: ${DEFAULT-VALUE}).")
  private int classes;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Partitions of the data; changes no bit of the model (default: as many as cores, or a"
              + " multiple of that once a partition would have more than 128 MB of pixels, 16 MB"
              + " for each core with more than 8 of them, at most 1 GB).")
  private Integer partitions;

  @Option(
      names = "--validation-fraction",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Share of the training rows to hold back for validation (default: ${DEFAULT-VALUE}).")
  private double validationFraction;

  /**
   * Checks what can be checked without looking at files.
   *
   * @param patience needs held-back rows
   */
  void require(Problems problems, int patience) {
    problems
        .require(
            data == null || train == null && test == null,
            "--data names a folder with everything; leave out --train and --test, or --data")
        .require(test == null || train != null, "--test goes with --train")
        .require(
            trainRows == null || trainRows >= 1,
            "--train-rows must be at least 1, not %d",
            trainRows)
        .require(
            classes >= 2 && classes <= MAX_CLASSES,
            "--classes must be 2 to %d, not %d",
            MAX_CLASSES,
            classes)
        .require(
            partitions == null || partitions >= 1,
            "--partitions must be at least 1, not %d",
            partitions)
        .require(
            validationFraction >= 0 && validationFraction < 1,
            "--validation-fraction must be from 0 to below 1, not %s",
            validationFraction)
        .require(
            patience <= 0 || validationFraction > 0,
            "--patience %d needs rows to validate on: set --validation-fraction, such as 0.1",
            patience);
  }

  /** C. */
  int classes() {
    return classes;
  }

  /** How many partitions are wanted. */
  int partitions(RowSource source, int cores) {
    return partitions == null ? DefaultPartitions.of(source, cores) : partitions;
  }

  HeldBackRows heldBack(long seed) {
    return new HeldBackRows(validationFraction, seed);
  }

  /** The training rows; checks headers and lengths of all files. */
  RowSource training(Configuration hadoop) {
    long maxRows = trainRows == null ? Long.MAX_VALUE : trainRows;
    if (data != null) {
      return open(MnistFolder.open(data, hadoop).train(), maxRows, hadoop);
    }
    return train == null
        ? GeneratedSource.builtInTraining(maxRows)
        : open(pair(train), maxRows, hadoop);
  }

  /** The test rows, or null if there are none. */
  RowSource test(Configuration hadoop) {
    if (data != null) {
      return open(MnistFolder.open(data, hadoop).test(), Long.MAX_VALUE, hadoop);
    }
    if (train == null) {
      return GeneratedSource.builtInTest();
    }
    return test == null ? null : open(pair(test), Long.MAX_VALUE, hadoop);
  }

  private RowSource open(IdxFiles files, long maxRows, Configuration hadoop) {
    return IdxSource.open(files.images(), files.labels(), classes, maxRows, hadoop);
  }

  private static IdxFiles pair(Path images) {
    String labels = images.getName().replace("images", "labels").replace("idx3", "idx1");
    if (labels.equals(images.getName())) {
      throw new InputException(
          "%s: the name must contain 'images', so that its labels are found under 'labels'"
              .formatted(images));
    }
    Path parent = images.getParent();
    Path labelPath = parent == null ? new Path(labels) : new Path(parent, labels);
    return new IdxFiles(List.of(images), List.of(labelPath));
  }
}
