package dev.onehot.data;

import dev.onehot.math.ByteRows;
import dev.onehot.math.RowValues;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Goes through pieces, and gives the rows of one group after another. */
final class PieceRows {

  private final Iterator<Run> runs;
  private final PieceForm form;
  private Iterator<PlacedPiece> pieces = List.<PlacedPiece>of().iterator();
  private long position;
  private String file;
  private RowPiece piece;
  private int[] classes;
  private int at;

  /**
   * Pieces that follow one another.
   *
   * @param firstRow the position of the first one's first row
   * @param pieces gives them
   */
  record Run(long firstRow, Supplier<Iterator<PlacedPiece>> pieces) {}

  /**
   * @param runs in the order of their rows
   */
  PieceRows(Iterator<Run> runs, PieceForm form) {
    this.runs = runs;
    this.form = form;
  }

  /**
   * The rows of a group. Groups must be asked for in their order.
   *
   * @param firstBlock the index of the group's first block
   * @param from the position of its first row
   * @param to the position behind its last row
   */
  PieceGroup group(long firstBlock, long from, long to) {
    int count = (int) (to - from);
    int[] labels = new int[count];
    float[] weights = form.weightExponent() == null ? null : new float[count];
    byte[] bytes =
        form.real() == null ? new byte[Math.multiplyExact(count, form.features())] : null;
    List<RowValues> values = new ArrayList<>();
    skipTo(from);
    int done = 0;
    while (done < count) {
      fill();
      int rows = Math.min(count - done, piece.rows() - at);
      if (bytes != null) {
        for (int r = 0; r < rows; r++) {
          piece.values().copyBytes(at + r, bytes, (done + r) * form.features());
        }
      } else {
        values.add(form.rows(piece, at, at + rows));
      }
      for (int r = 0; r < rows; r++) {
        labels[done + r] = classes[piece.labels()[at + r]];
        if (labels[done + r] < 0) {
          throw PieceForm.changed(piece.file());
        }
      }
      if (weights != null) {
        System.arraycopy(form.weights(piece, at, at + rows), 0, weights, done, rows);
      }
      at += rows;
      position += rows;
      done += rows;
    }
    RowValues all = bytes == null ? RowValues.joined(values) : new ByteRows(form.features(), bytes);
    return new PieceGroup(firstBlock, from, labels, weights, all, form.real());
  }

  private void skipTo(long from) {
    while (position < from || piece == null) {
      fill();
      int rows = (int) Math.min(from - position, piece.rows() - at);
      at += rows;
      position += rows;
      if (position == from) {
        return;
      }
    }
    if (position > from) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "row %d after row %d", from, position));
    }
  }

  /** Makes sure that the piece at hand has a row left. */
  private void fill() {
    while (piece == null || at == piece.rows()) {
      if (pieces.hasNext()) {
        piece = pieces.next().piece();
        file = piece.file();
        form.requireFeatures(piece);
        at = 0;
        classes = piece.labels() == null ? null : form.classesOf(piece);
      } else if (runs.hasNext()) {
        Run run = runs.next();
        if (file != null && position != run.firstRow()) {
          throw PieceForm.changed(file);
        }
        pieces = run.pieces().get();
        position = run.firstRow();
        piece = null;
      } else {
        throw PieceForm.changed(file);
      }
    }
  }
}
