package dev.onehot.data;

import java.util.List;
import java.util.Locale;

/** Pieces as texts, to compare them. */
public final class PieceText {

  private PieceText() {}

  /** A row, such as {@code setosa: 5.1 0.0 NaN}, or {@code setosa ×0.5: …} with a weight. */
  public static String row(RowPiece piece, int row) {
    StringBuilder text = new StringBuilder();
    if (piece.label(row) != null) {
      text.append(piece.label(row));
    }
    if (piece.weights() != null && piece.weights()[row] != 1) {
      text.append(String.format(Locale.ROOT, " ×%s", piece.weights()[row]));
    }
    text.append(':');
    float[] features = new float[piece.values().features()];
    piece.values().copyRow(row, features);
    for (float feature : features) {
      text.append(' ').append(feature);
    }
    return text.toString();
  }

  /** The bad rows that are kept, with their numbers in the file. */
  public static List<String> badRows(RowPiece piece, long recordsBefore) {
    return piece.firstBad().stream().map(row -> row.after(recordsBefore).toString()).toList();
  }
}
