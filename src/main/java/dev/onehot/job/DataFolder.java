package dev.onehot.job;

import dev.onehot.data.RowFiles;
import dev.onehot.data.RowFormat;
import dev.onehot.failure.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files of a folder that isn't one of IDX files: those to train on and those to test on, by
 * their names. Names that begin with {@code train} and {@code test}, also behind {@code X_}, and
 * folders of these names. Without such names all files are to train on.
 *
 * @param folder the folder
 * @param train files to train on
 * @param test files to test on; empty for none
 */
record DataFolder(Path folder, List<Path> train, List<Path> test) {

  private static final String TRAIN = "(x[-_]?)?train.*";
  private static final String TEST = "(x[-_]?)?(test|t10k).*";

  /** Labels of NumPy's arrays lie beside the features. */
  private static final String LABELS = "(y|labels?|targets?)([-_.].*)?|.*[-_](labels?|y)\\..*";

  /**
   * Lists a folder.
   *
   * @throws InputException if it holds no files of rows
   */
  static DataFolder of(Path folder, Configuration hadoop) {
    List<Path> train = new ArrayList<>();
    List<Path> test = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    for (FileStatus status : RowFiles.in(folder, hadoop)) {
      Path path = status.getPath();
      String name = path.getName().toLowerCase(Locale.ROOT);
      if (status.isFile() && name.matches(LABELS) && isNpy(path)) {
        continue;
      }
      if (name.matches(TRAIN)) {
        train.addAll(RowFiles.of(path, hadoop));
      } else if (name.matches(TEST)) {
        test.addAll(RowFiles.of(path, hadoop));
      } else if (status.isFile() && FormatDetection.byName(name) != null) {
        others.add(path);
      }
    }
    if (train.isEmpty()) {
      train = others;
    }
    if (train.isEmpty()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: holds no rows to train on: no file is named like train.csv, and none is of a format that is read (IDX, CSV, LIBSVM, NumPy)",
              folder));
    }
    return new DataFolder(folder, train, test);
  }

  private static boolean isNpy(Path path) {
    return FormatDetection.byName(path.getName()) == RowFormat.NPY;
  }

  /** Whether a folder has files of another format than IDX by their names, and none of IDX. */
  static boolean isAt(Path folder, Configuration hadoop) {
    boolean other = false;
    for (FileStatus status : RowFiles.in(folder, hadoop)) {
      String name = status.getPath().getName();
      RowFormat format = FormatDetection.byName(name);
      if (status.isFile() && format == RowFormat.IDX || name.startsWith("train-images")) {
        return false;
      }
      other |= format != null || !status.isFile() && name.matches("train|test");
    }
    return other;
  }
}
