package dev.onehot.data.vectors;

import dev.onehot.data.ClassLabels;
import dev.onehot.data.MissingValues;
import dev.onehot.data.RowPiece;
import dev.onehot.data.RowPieceBuilder;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Makes pieces of the rows of a partition. */
final class VectorPieces implements FlatMapFunction<Iterator<LabelledVector>, RowPiece> {

  private static final long serialVersionUID = 1L;

  /** A piece ends when its rows take about so many bytes. No bit depends on where it ends. */
  static final long PIECE_BYTES = 6L << 20;

  /** What is no label, though it is a text. */
  private static final Pattern NO_LABEL = Pattern.compile("\\s*|NaN|-?Infinity");

  private final String description;
  private final long pieceBytes;

  /**
   * @param description the RDD in a few words, for messages
   * @param pieceBytes about the bytes of a piece
   */
  VectorPieces(String description, long pieceBytes) {
    this.description = description;
    this.pieceBytes = pieceBytes;
  }

  @Override
  public Iterator<RowPiece> call(Iterator<LabelledVector> rows) {
    return new Iterator<>() {

      /** The number of features of the partition's first row; −1 before it. */
      private int features = -1;

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public RowPiece next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        LabelledVector first = rows.next();
        if (features < 0) {
          features = first.features().size();
        }
        RowPieceBuilder piece = new RowPieceBuilder(description, features, MissingValues.REFUSE);
        add(first, features, piece);
        while (rows.hasNext() && piece.bytes() < pieceBytes) {
          add(rows.next(), features, piece);
        }
        return piece.build(features);
      }
    };
  }

  private static void add(LabelledVector row, int features, RowPieceBuilder piece) {
    int size = row.features().size();
    if (size == 0) {
      piece.badRow(null, "a vector of size 0", "at least one feature");
      return;
    }
    if (size != features) {
      piece.badRow(
          null,
          String.format(Locale.ROOT, "%,d features", size),
          String.format(Locale.ROOT, "%,d as in the rows before it", features));
      return;
    }
    String label = ClassLabels.canonical(row.label());
    if (NO_LABEL.matcher(label).matches()) {
      piece.badRow("label", "\"" + label + "\"", "the name or the number of a class");
      return;
    }
    float weight = (float) row.weight();
    if (!(row.weight() >= 0 && weight <= Float.MAX_VALUE)) {
      piece.badRow(
          "weight", Double.toString(row.weight()), "a number from 0 to 3.4028235E38 (float32)");
      return;
    }
    int refused = VectorEntries.forEach(row.features(), piece::add);
    if (refused >= 0) {
      piece.badRow(
          "index " + refused,
          Double.toString(row.features().apply(refused)),
          VectorEntries.EXPECTED);
      return;
    }
    piece.label(label);
    piece.weight(weight);
    piece.endRow();
  }
}
