package dev.onehot.data.digits;

import dev.onehot.data.BlockGrid;
import dev.onehot.data.idx.IdxWriter;
import dev.onehot.data.mnist.MnistFolder;

/**
 * A pair of files of generated digits, images and their labels.
 *
 * @param images the name of the file of images
 * @param labels the name of the file of their labels
 * @param firstRow the first row of the endless data set in it
 * @param rows how many follow one another from there
 */
record GeneratedShard(String images, String labels, long firstRow, int rows) {

  /**
   * One of the shards of a run of rows, cut between blocks of the grid so that no block straddles
   * two files.
   *
   * @param split {@code train} or {@code t10k}
   * @param firstRow the first row of the endless data set that is in the run
   * @param grid the run's rows, with a partition for each shard
   * @param number which shard
   */
  static GeneratedShard of(String split, long firstRow, BlockGrid grid, int number) {
    long from = grid.firstRow(number);
    return new GeneratedShard(
        MnistFolder.nameOf(split + "-images-idx3-ubyte", number, grid.partitions()),
        MnistFolder.nameOf(split + "-labels-idx1-ubyte", number, grid.partitions()),
        firstRow + from,
        Math.toIntExact(grid.firstRow(number + 1) - from));
  }

  /** How long the file of images is. */
  long imageBytes() {
    return IdxWriter.imageBytes(rows, GeneratedSource.SHAPE);
  }

  /** How long the file of labels is. */
  long labelBytes() {
    return IdxWriter.labelBytes(rows);
  }
}
