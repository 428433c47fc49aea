package dev.onehot.data.libsvm;

import dev.onehot.data.RowPiece;
import dev.onehot.data.RowPieceBuilder;
import dev.onehot.data.text.LineReader;
import java.io.Closeable;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Reads lines, and gives their rows in pieces. */
final class LibsvmPieces implements Iterator<RowPiece>, Closeable {

  private static final long PIECE_BYTES = 4L << 20;

  private final LineReader lines;
  private final String file;
  private final LibsvmForm form;
  private final long mostBadRows;
  private final LibsvmRow row;
  private long badRows;
  private boolean hasLine;

  LibsvmPieces(LineReader lines, String file, LibsvmForm form, long mostBadRows) {
    this.lines = lines;
    this.file = file;
    this.form = form;
    this.mostBadRows = mostBadRows;
    this.row = new LibsvmRow(form);
    this.hasLine = lines.next();
  }

  @Override
  public boolean hasNext() {
    return hasLine && badRows <= mostBadRows;
  }

  @Override
  public RowPiece next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    RowPieceBuilder piece = new RowPieceBuilder(file, form.features(), form.missing());
    while (hasLine && piece.bytes() < PIECE_BYTES && badRows + piece.badRows() <= mostBadRows) {
      row.read(lines.buffer(), lines.start(), lines.end(), piece);
      hasLine = lines.next();
    }
    badRows += piece.badRows();
    if (hasLine && badRows > mostBadRows) {
      // Rows may be bad just because another file took the place of theirs.
      lines.requireUnchanged();
    }
    return piece.build();
  }

  @Override
  public void close() {
    lines.close();
  }
}
