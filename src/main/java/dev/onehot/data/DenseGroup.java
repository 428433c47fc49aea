package dev.onehot.data;

import dev.onehot.math.ByteBlock;
import dev.onehot.math.ByteRows;
import dev.onehot.math.RowBlock;
import dev.onehot.math.SimilarityOrder;
import java.util.Arrays;

/** All rows of a group in the order of the input, and the order in which they fill blocks. */
public final class DenseGroup {

  private final long firstBlock;
  private final long firstPosition;
  private final int[] labels;
  private final byte[] values;
  private final int features;
  private final int[] order;

  /**
   * @param firstBlock the index of the group's first block
   * @param firstPosition the position of its first row
   * @param labels n labels
   * @param values n × F unsigned bytes
   * @param features F
   */
  DenseGroup(long firstBlock, long firstPosition, int[] labels, byte[] values, int features) {
    this.firstBlock = firstBlock;
    this.firstPosition = firstPosition;
    this.labels = labels;
    this.values = values;
    this.features = features;
    order = SimilarityOrder.of(values, labels.length, features);
  }

  /** Builds one of the group's blocks. */
  RowBlock block(long block, HeldBackRows heldBack) {
    int[] rows = rowsOf(block);
    boolean[] heldBackRows = heldBack.among(positions(rows), rows, new ByteRows(features, values));
    return ByteBlock.of(block, firstPosition, rows, labels, values, features, heldBackRows);
  }

  /** Copies the rows of one of the group's blocks, so that the block can be built elsewhere. */
  DenseRows copy(long block) {
    int[] rows = rowsOf(block);
    int[] labelsOfBlock = new int[rows.length];
    byte[] valuesOfBlock = new byte[rows.length * features];
    for (int r = 0; r < rows.length; r++) {
      labelsOfBlock[r] = labels[rows[r]];
      System.arraycopy(values, rows[r] * features, valuesOfBlock, r * features, features);
    }
    return new DenseRows(block, positions(rows), labelsOfBlock, valuesOfBlock);
  }

  private int[] rowsOf(long block) {
    int from = (int) (block - firstBlock) * RowBlock.ROWS;
    return Arrays.copyOfRange(order, from, Math.min(order.length, from + RowBlock.ROWS));
  }

  private long[] positions(int[] rows) {
    return Arrays.stream(rows).mapToLong(row -> firstPosition + row).toArray();
  }
}
