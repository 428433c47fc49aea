package dev.onehot.data.mnist;

import dev.onehot.data.idx.IdxFiles;
import dev.onehot.data.idx.IdxRows;
import dev.onehot.failure.InputException;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A single file of images with its labels, which lie beside it. */
public final class LabelsBeside {

  private LabelsBeside() {}

  /**
   * The pair of files. The labels have the name of the images with {@code labels} for {@code
   * images} and {@code idx1} for {@code idx3}. If there is no such file, one that is compressed
   * otherwise, or spelled with a dot for a dash, is taken.
   *
   * @throws InputException if the file's name does not say where its labels are
   */
  public static IdxFiles of(Path images, Configuration hadoop) {
    String labels = nameOfLabels(images);
    if (labels.equals(images.getName())) {
      // What the file is matters more than how it is called.
      IdxRows.requireFeatures(images, hadoop);
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: the name must contain 'images', so that its labels are found under 'labels'",
              images));
    }
    Path found = existing(images, labels, hadoop).orElseGet(() -> sibling(images, labels));
    return new IdxFiles(List.of(images), List.of(found));
  }

  /** The file of labels, if there is one. */
  public static Optional<Path> ifThere(Path images, Configuration hadoop) {
    String labels = nameOfLabels(images);
    return labels.equals(images.getName()) ? Optional.empty() : existing(images, labels, hadoop);
  }

  private static String nameOfLabels(Path images) {
    return images.getName().replace("images", "labels").replace("idx3", "idx1");
  }

  private static Optional<Path> existing(Path images, String labels, Configuration hadoop) {
    try {
      FileSystem files = Storage.of(images, hadoop);
      for (String spelling : spellings(labels)) {
        Path path = sibling(images, spelling);
        if (files.exists(path)) {
          return Optional.of(path);
        }
      }
    } catch (IOException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: cannot be read (%s)", images, Storage.reason(e, images)),
          e);
    }
    return Optional.empty();
  }

  private static Set<String> spellings(String labels) {
    String stem = MnistFile.stem(labels);
    Set<String> spellings = new LinkedHashSet<>(List.of(labels));
    for (String base :
        List.of(
            stem,
            stem.replace("labels.idx1", "labels-idx1"),
            stem.replace("labels-idx1", "labels.idx1"),
            // QMNIST's, which is refused for what it holds.
            stem.replace("idx1-ubyte", "idx2-int"))) {
      spellings.add(base);
      spellings.add(base + ".gz");
    }
    return spellings;
  }

  private static Path sibling(Path images, String name) {
    Path parent = images.getParent();
    return parent == null ? new Path(null, null, name) : Storage.child(parent, name);
  }
}
