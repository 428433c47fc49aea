package dev.onehot.data.idx;

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

  /** How many bytes before a row of the whole input, which is one of these, are compressed. */
  long gzipBytes(long row) {
    long imageBytes = images.gzip() ? images.rowBytes() : 0;
    long labelBytes = labels.gzip() ? labels.rowBytes() : 0;
    return (row - firstRow) * (imageBytes + labelBytes);
  }
}
