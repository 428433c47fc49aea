package dev.onehot.job;

import dev.onehot.data.RowSource;
import dev.onehot.data.digits.GeneratedDigits;
import dev.onehot.data.digits.GeneratedSource;
import dev.onehot.data.idx.IdxFiles;
import dev.onehot.data.idx.IdxSource;
import dev.onehot.data.mnist.LabelsBeside;
import dev.onehot.data.mnist.MnistFolder;
import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a training reads. Headers and lengths of all files of rows have been checked, but no rows
 * have been read.
 *
 * @param training the rows to train on
 * @param test the rows to test on; null for none
 * @param parent the model to start from; null to start from random weights
 */
public record Sources(RowSource training, RowSource test, StoredModel parent) {

  /**
   * @throws InputException if there are no rows to train on, or if the rows to test on or the model
   *     to start from have other features
   */
  public Sources {
    Objects.requireNonNull(training, "rows to train on");
    if (training.rows() < 1) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: has no rows", training.description()));
    }
    if (test != null) {
      test.requireFeaturesOf(training);
    }
    if (parent != null) {
      parent.requireFeaturesOf(training);
    }
  }

  /** Rows to train on from random weights, and rows to test on or null. */
  public Sources(RowSource training, RowSource test) {
    this(training, test, null);
  }

  /**
   * Opens what the options name: the rows, and the model to start from.
   *
   * @param notes gets warnings about files that may not be the ones that were meant
   * @throws InputException if a file is missing or broken, or doesn't fit the others
   */
  public static Sources open(
      TrainingJobOptions options, Configuration hadoop, Consumer<String> notes) {
    Sources rows = open(options.data(), hadoop, notes);
    return options.initFrom() == null
        ? rows
        : new Sources(rows.training, rows.test, StoredModel.open(options.initFrom(), hadoop));
  }

  /**
   * Opens the sources that the options name.
   *
   * @throws InputException if a file is missing or broken, or doesn't fit the others
   */
  public static Sources open(DataOptions options, Configuration hadoop) {
    return open(options, hadoop, note -> {});
  }

  /**
   * Opens the sources that the options name.
   *
   * @param notes gets warnings about files that may not be the ones that were meant
   * @throws InputException if a file is missing or broken, or doesn't fit the others
   */
  public static Sources open(DataOptions options, Configuration hadoop, Consumer<String> notes) {
    Opening opening = new Opening(options.classes(), hadoop);
    long mostRows = options.trainRows() == null ? Long.MAX_VALUE : options.trainRows();
    if (options.data() != null) {
      List<MnistFolder> folders =
          options.paths(options.data()).stream()
              .map(folder -> MnistFolder.open(folder, hadoop, notes))
              .toList();
      List<IdxFiles> test =
          folders.stream().map(MnistFolder::test).flatMap(Optional::stream).toList();
      return new Sources(
          opening.open(folders.stream().map(MnistFolder::train).toList(), mostRows),
          test.isEmpty() ? null : opening.open(test, Long.MAX_VALUE));
    }
    if (options.train() != null) {
      RowSource training = opening.open(opening.labelled(options.paths(options.train())), mostRows);
      return new Sources(
          training,
          options.test() == null
              ? null
              : opening.open(opening.labelled(options.paths(options.test())), Long.MAX_VALUE));
    }
    GeneratedSource builtIn =
        options.dates() == null
            ? GeneratedSource.builtInTraining(mostRows)
            : GeneratedSource.ofDay(options.dates().runDate(), mostRows);
    if (options.classes() < GeneratedDigits.CLASSES) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "%s: have %d classes, not %d; give ⟨classes⟩ %d or leave it out, or name other data",
              builtIn.description(),
              GeneratedDigits.CLASSES,
              options.classes(),
              GeneratedDigits.CLASSES));
    }
    return new Sources(builtIn, GeneratedSource.builtInTest());
  }

  private record Opening(int classes, Configuration hadoop) {

    /** Several files whose rows follow one another. */
    RowSource open(List<IdxFiles> files, long mostRows) {
      IdxFiles all = IdxFiles.concatenated(files);
      return IdxSource.open(all.images(), all.labels(), classes, mostRows, hadoop);
    }

    List<IdxFiles> labelled(List<Path> images) {
      return images.stream().map(file -> LabelsBeside.of(file, hadoop)).toList();
    }
  }
}
