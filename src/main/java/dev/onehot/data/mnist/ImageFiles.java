package dev.onehot.data.mnist;

import dev.onehot.data.RowFiles;
import dev.onehot.data.idx.IdxFiles;
import dev.onehot.failure.InputException;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Finds the files that one path stands for: a file of images, a folder of shards with MNIST's
 * names, or a pattern such as {@code rows/part-*-images}. Rows follow the order of the names.
 * Labels that lie beside the images are used.
 */
public final class ImageFiles {

  private ImageFiles() {}

  /**
   * The files, with their labels if there are any.
   *
   * @param notes gets a warning if a file seems to be out of date
   * @throws InputException if there is no such file, or only some files have labels
   */
  public static IdxFiles of(Path input, Configuration hadoop, Consumer<String> notes) {
    try {
      FileSystem files = Storage.of(input, hadoop);
      // A name may hold the signs of a pattern.
      if (!files.exists(input)) {
        return withLabelsBeside(RowFiles.matches(files, input), hadoop);
      }
      return files.getFileStatus(input).isDirectory()
          ? MnistFolder.open(input, hadoop, notes).only()
          : withLabelsBeside(List.of(input), hadoop);
    } catch (IOException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: cannot be read (%s)", input, Storage.reason(e, input)),
          e);
    }
  }

  private static IdxFiles withLabelsBeside(List<Path> images, Configuration hadoop) {
    List<Path> labels = new ArrayList<>();
    Path labelled = null;
    Path unlabelled = null;
    for (Path image : images) {
      Optional<Path> found = LabelsBeside.ifThere(image, hadoop);
      found.ifPresent(labels::add);
      if (found.isPresent()) {
        labelled = image;
      } else {
        unlabelled = image;
      }
    }
    if (labelled != null && unlabelled != null) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s has labels beside it, but %s has none; all files need them, or none",
              labelled,
              unlabelled.getName()));
    }
    return new IdxFiles(images, labels);
  }
}
