package dev.onehot.data.idx;

import dev.onehot.data.RowFiles;
import dev.onehot.failure.InputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A file of images and, if the images have labels, the file of their labels.
 *
 * @param images the file of images
 * @param labels the file of labels; null if there is none
 * @param firstRow the position of the shard's first row in the whole input
 */
record IdxShard(IdxFile images, IdxFile labels, long firstRow) implements Serializable {

  /**
   * Reads the headers of all files, and checks them and the lengths of the files.
   *
   * @param images files of images, in the order of their rows
   * @param labels for each file of images, the file of its labels; null if there are none
   * @throws InputException at the first file that is missing or broken, or doesn't fit the others
   */
  static List<IdxShard> open(List<Path> images, List<Path> labels, Configuration hadoop) {
    if (labels != null && images.size() != labels.size()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "images in %d file(s) (%s ...), but labels in %d; each needs its own",
              images.size(),
              images.get(0),
              labels.size()));
    }
    List<IdxShard> shards = new ArrayList<>();
    long rows = 0;
    for (int i = 0; i < images.size(); i++) {
      IdxFile image = IdxFile.open(images.get(i), IdxKind.IMAGES, hadoop);
      IdxFile label = null;
      if (labels != null) {
        label = IdxFile.open(labels.get(i), IdxKind.LABELS, hadoop);
        requireSameRows(image, label);
      }
      shards.add(new IdxShard(image, label, rows));
      requireSameShape(shards.get(0).images(), image);
      rows += image.rows();
    }
    if (rows == 0) {
      throw new InputException(String.format(Locale.ROOT, "%s: has no rows", images.get(0)));
    }
    return List.copyOf(shards);
  }

  private static void requireSameRows(IdxFile images, IdxFile labels) {
    if (images.rows() != labels.rows()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s has %d images but %s has %d labels; the two must belong together",
              images.name(),
              images.rows(),
              labels.name(),
              labels.rows()));
    }
  }

  private static void requireSameShape(IdxFile first, IdxFile other) {
    IdxHeader header = first.header();
    IdxHeader found = other.header();
    if (header.shape().equals(found.shape()) && header.type() == found.type()) {
      return;
    }
    boolean pictures = header.isOfPictures() && found.isOfPictures();
    throw new InputException(
        String.format(
            Locale.ROOT,
            header.type() != found.type()
                ? "%1$s: holds %5$s, but %3$s holds %6$s; all must have one type"
                : pictures
                    ? "%s: images of %s pixels, but those of %s have %s; all must have one size"
                    : "%s: rows of %s numbers, but those of %s have %s; all must have one size",
            other.name(),
            found.size(),
            first.name(),
            header.size(),
            found.type(),
            header.type()));
  }

  /** The shards that hold any of the first {@code maxRows} rows. */
  static List<IdxShard> withRows(List<IdxShard> all, long maxRows) {
    return all.stream()
        .filter(shard -> shard.images.rows() > 0 && shard.firstRow < maxRows)
        .toList();
  }

  /** Shards in a few words, such as {@code ../mnist (train-images-idx3-ubyte.gz)}. */
  static String description(List<IdxShard> shards) {
    return RowFiles.description(new Path(shards.get(0).images.name()), shards.size());
  }

  /** All files, fully qualified. */
  static List<String> locations(List<IdxShard> shards) {
    return shards.stream()
        .flatMap(IdxShard::files)
        .map(file -> new Path(file.location()).toString())
        .toList();
  }

  /** Whether there is a file of labels. */
  boolean labelled() {
    return labels != null;
  }

  /** The shard's one or two files. */
  Stream<IdxFile> files() {
    return labelled() ? Stream.of(images, labels) : Stream.of(images);
  }

  /** The position after the shard's last row. */
  long endRow() {
    return firstRow + images.rows();
  }

  /**
   * The uncompressed size, in bytes, of the shard's rows before a row in those of its files that
   * are gzip.
   *
   * @param row the position of one of the shard's rows
   */
  long gzipBytes(long row) {
    return (row - firstRow) * files().filter(IdxFile::gzip).mapToLong(IdxFile::rowBytes).sum();
  }
}
