package dev.onehot.data;

import java.io.Serializable;

/**
 * A piece, and where it stands among all pieces of an input.
 *
 * <p>Not a record: Spark caches it with {@code spark.serializer}, and Kryo cannot read records.
 */
final class PlacedPiece implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int split;
  private final int ordinal;
  private final RowPiece piece;

  /**
   * @param split the index of the split that it was read from
   * @param ordinal how many pieces of the split come before it
   */
  PlacedPiece(int split, int ordinal, RowPiece piece) {
    this.split = split;
    this.ordinal = ordinal;
    this.piece = piece;
  }

  int split() {
    return split;
  }

  int ordinal() {
    return ordinal;
  }

  RowPiece piece() {
    return piece;
  }
}
