package dev.onehot.data.mnist;

import dev.onehot.data.RowFiles;
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

  /** What a name says of the format behind it. */
  private static final String FORMAT = "([-.])idx\\d+-[a-z]+";

  /** The formats of labels; the last is QMNIST's. */
  private static final List<String> LABEL_FORMATS =
      List.of("idx1-ubyte", "idx1-byte", "idx1-short", "idx1-int", "idx2-int");

  private LabelsBeside() {}

  /**
   * The pair of files. The labels have the name of the images with {@code labels} for {@code
   * images} (or {@code patterns}) and {@code idx1-ubyte} for {@code idx3-ubyte} and the like. If
   * there is no such file, one that is compressed otherwise, spelled with a dot for a dash, or
   * named after another type of labels is taken.
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
    String name = images.getName();
    String labels = name.replace("images", "labels").replace("patterns", "labels");
    return labels.equals(name) ? name : labels.replaceFirst(FORMAT, "$1idx1-ubyte");
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
    String stem = RowFiles.stem(labels);
    Set<String> spellings = new LinkedHashSet<>(List.of(labels));
    for (String format : LABEL_FORMATS) {
      for (String base :
          List.of(
              stem.replaceFirst(FORMAT, "$1" + format),
              stem.replaceFirst(FORMAT, "." + format),
              stem.replaceFirst(FORMAT, "-" + format))) {
        spellings.add(base);
        spellings.add(base + ".gz");
      }
    }
    return spellings;
  }

  private static Path sibling(Path images, String name) {
    Path parent = images.getParent();
    return parent == null ? new Path(null, null, name) : Storage.child(parent, name);
  }
}
