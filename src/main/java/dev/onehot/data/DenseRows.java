package dev.onehot.data;

import dev.onehot.math.RowBlock;
import java.io.Serializable;

/**
 * The rows of one block as they stand in the input.
 *
 * <p>Not a record: this is what goes through the shuffle, and Kryo, where a cluster has it as
 * {@code spark.serializer}, cannot read records.
 */
public final class DenseRows implements Serializable {

  private static final long serialVersionUID = 1L;

  private final long index;
  private final long[] places;
  private final byte[] labels;
  private final byte[] pixels;

  /**
   * @param index the block's place on the grid
   * @param places {@code rows} places of theirs in the input
   * @param labels {@code rows} classes
   * @param pixels {@code rows × features} unsigned bytes
   */
  DenseRows(long index, long[] places, byte[] labels, byte[] pixels) {
    this.index = index;
    this.places = places;
    this.labels = labels;
    this.pixels = pixels;
  }

  public long index() {
    return index;
  }

  public RowBlock block(HeldBackRows heldBack) {
    int rows = labels.length;
    int[] classes = new int[rows];
    for (int r = 0; r < rows; r++) {
      classes[r] = Byte.toUnsignedInt(labels[r]);
    }
    return RowBlock.of(
        index, places, classes, pixels, pixels.length / rows, heldBack.among(places));
  }
}
