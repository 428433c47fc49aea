package dev.onehot.data;

import java.io.Serializable;

/**
 * A pair of files, images and their labels, with its place in the whole input.
 *
 * @param firstRow how many rows stand in the shards before
 */
record IdxShard(IdxFile images, IdxFile labels, long firstRow) implements Serializable {

  /** The row of the whole input behind this shard's last. */
  long endRow() {
    return firstRow + images.rows();
  }

  boolean gzip() {
    return images.gzip() || labels.gzip();
  }
}
