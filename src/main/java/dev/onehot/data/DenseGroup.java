package dev.onehot.data;

import dev.onehot.math.RowBlock;
import dev.onehot.math.SimilarityOrder;

/** All rows of a group as they stand in the input, and which blocks they make. */
public final class DenseGroup {

  private final long firstBlock;
  private final long firstRow;
  private final byte[] labels;
  private final byte[] pixels;
  private final int features;
  private final int[] order;

  /**
   * @param groups all groups of the input
   * @param group which one
   * @param labels {@code rows} classes
   * @param pixels {@code rows × features} unsigned bytes
   */
  public DenseGroup(BlockGroups groups, long group, byte[] labels, byte[] pixels) {
    firstBlock = groups.firstBlock(group);
    firstRow = groups.firstRow(group);
    this.labels = labels;
    this.pixels = pixels;
    features = pixels.length / labels.length;
    order = SimilarityOrder.of(pixels, labels.length, features);
  }

  /** The rows of one of its blocks. */
  DenseRows rowsOf(long block) {
    int from = (int) (block - firstBlock) * RowBlock.ROWS;
    int rows = Math.min(RowBlock.ROWS, order.length - from);
    long[] places = new long[rows];
    byte[] labelsOfBlock = new byte[rows];
    byte[] pixelsOfBlock = new byte[rows * features];
    for (int r = 0; r < rows; r++) {
      int row = order[from + r];
      places[r] = firstRow + row;
      labelsOfBlock[r] = labels[row];
      System.arraycopy(pixels, row * features, pixelsOfBlock, r * features, features);
    }
    return new DenseRows(block, places, labelsOfBlock, pixelsOfBlock);
  }
}
