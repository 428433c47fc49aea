package dev.onehot.job;

import dev.onehot.data.FormatOptions;
import dev.onehot.data.KnownRows;
import dev.onehot.data.PieceInput;
import dev.onehot.data.PieceSource;
import dev.onehot.data.RowFiles;
import dev.onehot.data.RowFormat;
import dev.onehot.data.RowSource;
import dev.onehot.data.csv.CsvInput;
import dev.onehot.data.idx.IdxFiles;
import dev.onehot.data.idx.IdxRows;
import dev.onehot.data.libsvm.LibsvmInput;
import dev.onehot.data.mnist.ImageFiles;
import dev.onehot.data.mnist.LabelsBeside;
import dev.onehot.data.mnist.MnistFolder;
import dev.onehot.data.npy.NpyInput;
import dev.onehot.data.npy.NpyPart;
import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Opens files of rows, whatever their format: names, lengths and headers are checked, but no rows
 * are read.
 *
 * @param formats how files are read
 * @param notes gets warnings about files that may not be the ones that were meant
 */
record RowInputs(FormatOptions formats, Configuration hadoop, Consumer<String> notes) {

  /**
   * The rows of some paths, one after another.
   *
   * @param paths each a file, a folder of files or a pattern
   * @param part which rows of a file are meant that holds both
   * @param known what the rows have to fit
   * @param mostRows the most rows to use, from the first
   * @throws InputException if a file is missing or broken, or doesn't fit the others
   */
  RowSource rows(
      List<Path> paths, NpyPart part, KnownRows known, boolean labelsRequired, long mostRows) {
    if (!isFolder(paths.get(0)) || hasOtherFormat(paths.get(0))) {
      List<Path> files =
          paths.stream().flatMap(path -> RowFiles.of(path, hadoop).stream()).toList();
      if (formatOf(files) != RowFormat.IDX) {
        return pieces(files, part, known, labelsRequired, mostRows);
      }
    }
    List<IdxFiles> images = paths.stream().map(path -> ImageFiles.of(path, hadoop, notes)).toList();
    return idx(images, known, labelsRequired, mostRows);
  }

  private boolean isFolder(Path path) {
    try {
      FileSystem files = Storage.of(path, hadoop);
      return files.exists(path) && files.getFileStatus(path).isDirectory();
    } catch (IOException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: cannot be read (%s)", path, Storage.reason(e, path)), e);
    }
  }

  /** The format of some files, which is that of the first. */
  private RowFormat formatOf(List<Path> files) {
    return formats.format() != null ? formats.format() : FormatDetection.of(files.get(0), hadoop);
  }

  /**
   * The rows of some folders to train and to test on.
   *
   * @param paths each a folder; or a file, whose rows are to train on
   */
  Sources folders(List<Path> paths, KnownRows known, long mostRows) {
    if (!hasOtherFormat(paths.get(0))) {
      List<MnistFolder> folders =
          paths.stream().map(path -> MnistFolder.open(path, hadoop, notes)).toList();
      List<IdxFiles> test =
          folders.stream().map(MnistFolder::test).flatMap(Optional::stream).toList();
      RowSource training =
          idx(folders.stream().map(MnistFolder::train).toList(), known, true, mostRows);
      return new Sources(
          training,
          test.isEmpty()
              ? null
              : idx(test, Sources.fitting(training, known), true, Long.MAX_VALUE));
    }
    List<DataFolder> folders = paths.stream().map(path -> DataFolder.of(path, hadoop)).toList();
    List<Path> train = folders.stream().flatMap(folder -> folder.train().stream()).toList();
    List<Path> test = folders.stream().flatMap(folder -> folder.test().stream()).toList();
    RowSource training = pieces(train, NpyPart.TRAIN, known, true, mostRows);
    KnownRows fitting = Sources.fitting(training, known);
    if (test.isEmpty() && holdsBothParts(train)) {
      return new Sources(training, pieces(train, NpyPart.TEST, fitting, true, Long.MAX_VALUE));
    }
    return new Sources(
        training,
        test.isEmpty() ? null : pieces(test, NpyPart.TEST, fitting, true, Long.MAX_VALUE));
  }

  /** Whether files are one archive of NumPy's that holds rows to train on and others to test on. */
  private boolean holdsBothParts(List<Path> files) {
    return formatOf(files) == RowFormat.NPY && NpyInput.holdsBothParts(files, hadoop);
  }

  private boolean hasOtherFormat(Path folder) {
    return formats.format() == null
        ? DataFolder.isAt(folder, hadoop)
        : formats.format() != RowFormat.IDX;
  }

  /** The rows to test on of a folder. */
  RowSource testRows(Path folder, KnownRows known, boolean labelsRequired) {
    if (!hasOtherFormat(folder)) {
      return idx(
          List.of(MnistFolder.open(folder, hadoop, notes).testRows()),
          known,
          labelsRequired,
          Long.MAX_VALUE);
    }
    DataFolder files = DataFolder.of(folder, hadoop);
    if (files.test().isEmpty() && holdsBothParts(files.train())) {
      return pieces(files.train(), NpyPart.TEST, known, labelsRequired, Long.MAX_VALUE);
    }
    if (files.test().isEmpty()) {
      throw new InputException(
          SettingNames.format(
              "%s: holds no rows to test on: no file is named like test.csv; name the file by ⟨input⟩",
              folder));
    }
    return pieces(files.test(), NpyPart.TEST, known, labelsRequired, Long.MAX_VALUE);
  }

  private RowSource idx(
      List<IdxFiles> all, KnownRows known, boolean labelsRequired, long mostRows) {
    IdxFiles files = IdxFiles.concatenated(all);
    refuseFeatures(files.images().get(0).toString());
    // What the files are matters more than that they have no labels.
    RowSource rows = IdxRows.open(files, formats, known, mostRows, hadoop);
    if (labelsRequired && !files.labelled()) {
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

  private RowSource pieces(
      List<Path> files, NpyPart part, KnownRows known, boolean labelsRequired, long mostRows) {
    RowFormat format = formatOf(files);
    if (format != RowFormat.LIBSVM) {
      refuseFeatures(files.get(0).toString());
    }
    PieceInput input = input(format, files, part, known, labelsRequired);
    return new PieceSource(input, formats, mostRows, hadoop);
  }

  /**
   * Makes sure that nobody says how many features rows have that say it themselves.
   *
   * @param rows the rows in a few words
   * @throws InvalidSettingsException if somebody does
   */
  void refuseFeatures(String rows) {
    if (formats.features() != null) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "%s: ⟨features⟩ is for LIBSVM alone, as other files say how many features they have; leave it out",
              rows));
    }
  }

  private PieceInput input(
      RowFormat format, List<Path> files, NpyPart part, KnownRows known, boolean labelsRequired) {
    return switch (format) {
      case CSV -> CsvInput.open(files, formats, known, labelsRequired, hadoop);
      case LIBSVM -> LibsvmInput.open(files, formats, known, labelsRequired, hadoop);
      case NPY -> NpyInput.open(files, part, formats, known, labelsRequired, hadoop);
      case IDX -> throw new IllegalArgumentException("IDX files have a reader of their own");
    };
  }
}
