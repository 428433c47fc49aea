package dev.onehot.job;

import dev.onehot.data.DefaultPartitions;
import dev.onehot.data.FormatOptions;
import dev.onehot.data.KnownRows;
import dev.onehot.data.RowSource;
import dev.onehot.data.digits.GeneratedSource;
import dev.onehot.data.npy.NpyPart;
import dev.onehot.failure.InputException;
import dev.onehot.failure.Problems;
import java.util.List;
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
 * @param formats how files are read
 * @param partitions the number of partitions; null to choose it from the rows and the cores
 */
public record InputOptions(Path data, Path input, FormatOptions formats, Integer partitions) {

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
    return new InputOptions(null, null, FormatOptions.defaults(), null);
  }

  /** These options with other rows: the test rows of a folder with MNIST's file names. */
  public InputOptions withData(Path folder) {
    return new InputOptions(folder, null, formats, partitions);
  }

  /** These options with other rows: an IDX file, a folder of shards, or a pattern. */
  public InputOptions withInput(Path path) {
    return new InputOptions(null, path, formats, partitions);
  }

  /** These options with another number of partitions. */
  public InputOptions withPartitions(int count) {
    return new InputOptions(data, input, formats, count);
  }

  /** These options with files that are read in another way. */
  public InputOptions withFormats(FormatOptions other) {
    return new InputOptions(data, input, other, partitions);
  }

  /**
   * Opens the rows: checks headers and lengths of all files, but reads no rows.
   *
   * @param known what the rows have to fit
   * @param labelsRequired whether rows must have labels
   * @param notes gets warnings about files that may not be the ones that were meant
   * @throws InputException if a file is missing or broken, or doesn't fit the others
   */
  public RowSource open(
      KnownRows known, boolean labelsRequired, Configuration hadoop, Consumer<String> notes) {
    RowInputs inputs = new RowInputs(formats, hadoop, notes);
    if (data == null && input == null) {
      RowSource builtIn = GeneratedSource.builtInTest();
      inputs.refuseFeatures(builtIn.description());
      return builtIn;
    }
    return input == null
        ? inputs.testRows(data, known, labelsRequired)
        : inputs.rows(List.of(input), NpyPart.TEST, known, labelsRequired, Long.MAX_VALUE);
  }

  /** The wanted number of partitions for the rows. */
  int partitions(RowSource source, int cores) {
    return partitions == null ? DefaultPartitions.of(source, cores) : partitions;
  }
}
