package dev.onehot.job;

import dev.onehot.data.DefaultPartitions;
import dev.onehot.data.RowSource;
import dev.onehot.data.digits.GeneratedSource;
import dev.onehot.data.idx.IdxFiles;
import dev.onehot.data.idx.IdxSource;
import dev.onehot.data.mnist.ImageFiles;
import dev.onehot.data.mnist.LabelsBeside;
import dev.onehot.data.mnist.MnistFolder;
import dev.onehot.failure.InputException;
import dev.onehot.failure.Problems;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The rows that a model scores. Without any path these are the built-in digits that a training
 * tests on.
 *
 * @param data folder with MNIST's file names, whose test rows are meant; or null
 * @param input IDX file of images, folder of its shards, or pattern that several files match; or
 *     null
 * @param partitions the number of partitions; null to choose it from the rows and the cores
 */
public record InputOptions(Path data, Path input, Integer partitions) {

  /** A label is a byte. Which labels the model knows is another question. */
  private static final int ALL_LABELS = 256;

  /**
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range, or contradicts
   *     another
   */
  public InputOptions {
    new Problems()
        .require(
            data == null || input == null,
            "⟨data⟩ names a folder whose test rows are meant, ⟨input⟩ the rows themselves; leave out one of them")
        .require(
            partitions == null || partitions >= 1,
            "⟨partitions⟩ must be at least 1, not %d",
            partitions)
        .throwIfAny();
  }

  /** The built-in digits that a training tests on. */
  public static InputOptions defaults() {
    return new InputOptions(null, null, null);
  }

  /** These options with other rows: the test rows of a folder with MNIST's file names. */
  public InputOptions withData(Path folder) {
    return new InputOptions(folder, null, partitions);
  }

  /** These options with other rows: an IDX file, a folder of shards, or a pattern. */
  public InputOptions withInput(Path path) {
    return new InputOptions(null, path, partitions);
  }

  /** These options with another number of partitions. */
  public InputOptions withPartitions(int count) {
    return new InputOptions(data, input, count);
  }

  /**
   * Opens the rows: checks headers and lengths of all files, but reads no rows. Labels may be
   * anything from 0 to 255.
   *
   * @param labelsRequired whether rows must have labels
   * @param notes gets warnings about files that may not be the ones that were meant
   * @throws InputException if a file is missing or broken, or doesn't fit the others
   */
  public RowSource open(boolean labelsRequired, Configuration hadoop, Consumer<String> notes) {
    if (data == null && input == null) {
      return GeneratedSource.builtInTest();
    }
    IdxFiles files =
        input == null
            ? MnistFolder.open(data, hadoop, notes).testRows()
            : ImageFiles.of(input, hadoop, notes);
    if (files.labelled()) {
      return IdxSource.open(files.images(), files.labels(), ALL_LABELS, Long.MAX_VALUE, hadoop);
    }
    // What the files are matters more than that they have no labels.
    IdxSource rows = IdxSource.openUnlabelled(files.images(), Long.MAX_VALUE, hadoop);
    if (labelsRequired) {
      IdxFiles expected = LabelsBeside.of(files.images().get(0), hadoop);
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: has no labels; they are expected in %s",
              rows.description(),
              expected.labels().get(0)));
    }
    return rows;
  }

  /** The wanted number of partitions for the rows. */
  int partitions(RowSource source, int cores) {
    return partitions == null ? DefaultPartitions.of(source, cores) : partitions;
  }
}
