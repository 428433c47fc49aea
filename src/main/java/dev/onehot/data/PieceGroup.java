package dev.onehot.data;

import dev.onehot.math.ByteBlock;
import dev.onehot.math.ByteRows;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.FloatBlock;
import dev.onehot.math.RowBlock;
import dev.onehot.math.RowValues;
import dev.onehot.math.SimilarityOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/** All rows of a group of blocks, and the order in which they fill the blocks. */
final class PieceGroup {

  private final long firstBlock;
  private final long firstPosition;
  private final int[] labels;
  private final float[] weights;
  private final RowValues values;
  private final FeatureValues real;
  private final int[] order;

  /**
   * @param firstBlock the index of the group's first block
   * @param firstPosition the position of its first row
   * @param labels n classes
   * @param weights n weights up to 1; null if all are 1
   * @param values n rows
   * @param real what blocks hold; null for bytes, and then the rows are bytes
   */
  PieceGroup(
      long firstBlock,
      long firstPosition,
      int[] labels,
      float[] weights,
      RowValues values,
      FeatureValues real) {
    this.firstBlock = firstBlock;
    this.firstPosition = firstPosition;
    this.labels = labels;
    this.weights = weights;
    this.values = values;
    this.real = real;
    order =
        values instanceof ByteRows bytes
            ? SimilarityOrder.of(bytes.values(), labels.length, bytes.features())
            : IntStream.range(0, labels.length).toArray();
  }

  /** Builds one of the group's blocks. */
  RowBlock block(long block, HeldBackRows heldBack) {
    int from = (int) (block - firstBlock) * RowBlock.ROWS;
    int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + RowBlock.ROWS));
    long[] positions = Arrays.stream(rows).mapToLong(row -> firstPosition + row).toArray();
    boolean[] held = heldBack.among(positions, rows, values);
    return real == null
        ? ByteBlock.of(
            block,
            firstPosition,
            rows,
            labels,
            weights,
            ((ByteRows) values).values(),
            values.features(),
            held)
        : FloatBlock.of(block, firstPosition, rows, labels, weights, values, real, held);
  }
}
