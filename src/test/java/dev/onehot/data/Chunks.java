package dev.onehot.data;

/** Chunks of rows for tests. */
public final class Chunks {

  private Chunks() {}

  /**
   * A chunk of rows without labels.
   *
   * @param values rows × F unsigned bytes
   */
  public static RowChunk of(long firstPosition, int rows, byte... values) {
    return new RowChunk(
        firstPosition, null, null, new dev.onehot.math.ByteRows(values.length / rows, values));
  }
}
