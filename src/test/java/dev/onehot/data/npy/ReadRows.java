package dev.onehot.data.npy;

import dev.onehot.data.BadRow;
import dev.onehot.data.PieceInput;
import dev.onehot.data.PieceSplit;
import dev.onehot.data.RowPiece;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * All rows of an input, read without Spark.
 *
 * @param features N × F
 * @param labels N labels; nulls without labels
 * @param weights N weights
 * @param bad the first bad rows, with their numbers in their pieces
 * @param badRecords their numbers among all rows, from 1
 */
record ReadRows(
    List<float[]> features,
    List<String> labels,
    List<Float> weights,
    List<BadRow> bad,
    List<Long> badRecords) {

  static ReadRows of(PieceInput input, long mostBadRows) {
    ReadRows read =
        new ReadRows(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    long[] records = new long[1];
    for (PieceSplit split : input.splits()) {
      Iterator<RowPiece> pieces = split.read(new Configuration(), mostBadRows);
      try {
        pieces.forEachRemaining(piece -> read.add(piece, records));
      } finally {
        close(pieces);
      }
    }
    return read;
  }

  private static void close(Iterator<RowPiece> pieces) {
    try {
      ((Closeable) pieces).close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void add(RowPiece piece, long[] recordsBefore) {
    for (int r = 0; r < piece.rows(); r++) {
      float[] row = new float[piece.values().features()];
      piece.values().copyRow(r, row);
      features.add(row);
      labels.add(piece.label(r));
      weights.add(piece.weight(r));
    }
    for (BadRow row : piece.firstBad()) {
      bad.add(row);
      badRecords.add(recordsBefore[0] + row.record());
    }
    recordsBefore[0] += piece.records();
  }

  /** The features of all rows, one row after another. */
  float[] flat() {
    int width = features.get(0).length;
    float[] flat = new float[features.size() * width];
    for (int r = 0; r < features.size(); r++) {
      System.arraycopy(features.get(r), 0, flat, r * width, width);
    }
    return flat;
  }
}
