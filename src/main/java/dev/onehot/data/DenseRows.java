package dev.onehot.data;

import dev.onehot.math.ByteBlock;
import dev.onehot.math.ByteRows;
import dev.onehot.math.RowBlock;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * The rows of one block, copied from their group. They are moved to the block's partition.
 *
 * <p>Not a record: the shuffle serializes it with {@code spark.serializer}, and Kryo cannot read
 * records.
 */
public final class DenseRows implements Serializable {

  private static final long serialVersionUID = 2L;

  private final long index;
  private final long[] positions;
  private final int[] labels;
  private final byte[] values;

  /**
   * @param index the block's index on the grid
   * @param positions n positions in the input
   * @param labels n labels
   * @param values n × F unsigned bytes
   */
  DenseRows(long index, long[] positions, int[] labels, byte[] values) {
    this.index = index;
    this.positions = positions;
    this.labels = labels;
    this.values = values;
  }

  /** The block's index on the grid. */
  long index() {
    return index;
  }

  /** Builds the block. */
  RowBlock block(HeldBackRows heldBack) {
    int features = values.length / labels.length;
    int[] rows = IntStream.range(0, labels.length).toArray();
    return ByteBlock.of(
        index,
        positions,
        labels,
        values,
        features,
        heldBack.among(positions, rows, new ByteRows(features, values)));
  }
}
