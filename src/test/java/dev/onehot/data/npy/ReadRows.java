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
 * @param bad the first bad rows
 */
record ReadRows(
    List<float[]> features, List<String> labels, List<Float> weights, List<BadRow> bad) {

  static ReadRows of(PieceInput input, long mostBadRows) {
    ReadRows read =
        new ReadRows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (PieceSplit split : input.splits()) {
      Iterator<RowPiece> pieces = split.read(new Configuration(), mostBadRows);
      try {
        pieces.forEachRemaining(read::add);
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

  private void add(RowPiece piece) {
    for (int r = 0; r < piece.rows(); r++) {
      float[] row = new float[piece.values().features()];
      piece.values().copyRow(r, row);
      features.add(row);
      labels.add(piece.label(r));
      weights.add(piece.weight(r));
    }
    bad.addAll(piece.firstBad());
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
