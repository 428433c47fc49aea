package dev.onehot.data.digits;

import dev.onehot.data.BlockGrid;
import dev.onehot.data.idx.IdxWriter;
import dev.onehot.data.mnist.MnistFolder;

/**
 * A pair of files of generated digits, images and their labels.
 *
 * @param images the name of the file of images
 * @param labels the name of the file of their labels
 * @param firstRow the first row of the shard, counted in the endless data set
 * @param rows the number of consecutive rows from there
 */
record GeneratedShard(String images, String labels, long firstRow, int rows) {

  /**
   * One shard of a run of rows. The run is cut between blocks of the grid, so that no block lies in
   * two files.
   *
   * @param split {@code train} or {@code t10k}
   * @param firstRow the first row of the run, counted in the endless data set
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

  /** The bytes of the file of images. */
  long imageBytes() {
    return IdxWriter.imageBytes(rows, GeneratedSource.SHAPE);
  }

  /** The bytes of the file of labels. */
  long labelBytes() {
    return IdxWriter.labelBytes(rows);
  }
}
