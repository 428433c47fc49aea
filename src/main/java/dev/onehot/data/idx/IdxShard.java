package dev.onehot.data.idx;

import dev.onehot.failure.InputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A file of images and, if there is one, the file of their labels; with the position of its first
 * row in the whole input.
 *
 * @param labels null if the images have none
 * @param firstRow how many rows are in the shards before
 */
record IdxShard(IdxFile images, IdxFile labels, long firstRow) implements Serializable {

  /**
   * Reads all headers, and checks all that can be known from them and from the files' lengths.
   *
   * @param images files of images, in the order of their rows
   * @param labels for each of them, the file of its labels; null if there are none
   * @throws InputException at the first file that is missing or broken, or doesn't fit the others
   */
  static List<IdxShard> open(List<Path> images, List<Path> labels, Configuration hadoop) {
    if (labels != null && images.size() != labels.size()) {
      throw new InputException(
          "images in %d file(s) (%s ...), but labels in %d; each needs its own"
              .formatted(images.size(), images.get(0), labels.size()));
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
      throw new InputException("%s: has no rows".formatted(images.get(0)));
    }
    return List.copyOf(shards);
  }

  private static void requireSameRows(IdxFile images, IdxFile labels) {
    if (images.rows() != labels.rows()) {
      throw new InputException(
          "%s has %d images but %s has %d labels; the two must belong together"
              .formatted(images.name(), images.rows(), labels.name(), labels.rows()));
    }
  }

  private static void requireSameShape(IdxFile first, IdxFile other) {
    if (!first.shape().equals(other.shape())) {
      throw new InputException(
          "%s: images of %s pixels, but those of %s have %s; all must have one size"
              .formatted(other.name(), other.shape(), first.name(), first.shape()));
    }
  }

  /** Whether there is a file of labels. */
  boolean labelled() {
    return labels != null;
  }

  /** Its files. */
  Stream<IdxFile> files() {
    return labelled() ? Stream.of(images, labels) : Stream.of(images);
  }

  /** The row of the whole input behind this shard's last. */
  long endRow() {
    return firstRow + images.rows();
  }

  /** How many bytes before a row of the whole input, which is one of these, are compressed. */
  long gzipBytes(long row) {
    return (row - firstRow) * files().filter(IdxFile::gzip).mapToLong(IdxFile::rowBytes).sum();
  }
}
