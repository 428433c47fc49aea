package dev.onehot.data.idx;

import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Files of images, in the order of their rows, and for each of them the file of its labels: what
 * {@link IdxSource} reads.
 */
public record IdxFiles(List<Path> images, List<Path> labels) {

  public IdxFiles {
    images = List.copyOf(images);
    labels = List.copyOf(labels);
  }
}
