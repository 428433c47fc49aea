package dev.onehot.data.idx;

import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The files that {@link IdxSource} reads.
 *
 * @param images files of images, in the order of their rows
 * @param labels for each file of images, the file of its labels; empty if there are no labels
 */
public record IdxFiles(List<Path> images, List<Path> labels) {

  public IdxFiles {
    images = List.copyOf(images);
    labels = List.copyOf(labels);
  }

  /** Images without labels. */
  public static IdxFiles unlabelled(List<Path> images) {
    return new IdxFiles(images, List.of());
  }

  /** All files, one after another. */
  public static IdxFiles concatenated(List<IdxFiles> all) {
    return new IdxFiles(
        all.stream().flatMap(files -> files.images.stream()).toList(),
        all.stream().flatMap(files -> files.labels.stream()).toList());
  }

  /** Whether there are labels. */
  public boolean labelled() {
    return !labels.isEmpty();
  }
}
