package dev.onehot.data.csv;

import dev.onehot.data.MissingValues;
import dev.onehot.data.RowPiece;
import dev.onehot.data.RowPieceBuilder;
import dev.onehot.data.text.TextRange;
import java.io.Closeable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;

/** Reads a range into pieces. */
final class CsvPieces implements Iterator<RowPiece>, Closeable {

  /** In a piece's note: the number of quotes is odd that were read since the piece before. */
  static final long ODD_QUOTES = 1;

  /** In a piece's note: rows were left unread behind a quote that isn't closed. */
  static final long CUT_SHORT = 2;

  private static final long PIECE_BYTES = 4 << 20;

  private final String file;
  private final CsvLayout layout;
  private final MissingValues missing;
  private final CsvRecords records;
  private final CsvRow row;
  private long badRowsLeft;
  private boolean noted;
  private boolean done;
  private RowPiece next;

  CsvPieces(
      TextRange range,
      CsvLayout layout,
      MissingValues missing,
      boolean inQuotes,
      long mostBadRows,
      Configuration hadoop) {
    this.file = range.file();
    this.layout = layout;
    this.missing = missing;
    this.badRowsLeft = mostBadRows;
    this.row = new CsvRow(layout, missing);
    this.records = new CsvRecords(range, inQuotes, hadoop);
    if (layout.hasHeader() && range.isFirst()) {
      records.next();
    }
  }

  @Override
  public boolean hasNext() {
    if (next == null && !done) {
      next = read();
    }
    return next != null;
  }

  @Override
  public RowPiece next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    RowPiece piece = next;
    next = null;
    return piece;
  }

  /** The next piece. It may be without rows, but not without a note. */
  private RowPiece read() {
    RowPieceBuilder piece = new RowPieceBuilder(file, layout.features(), missing);
    while (!done && piece.bytes() < PIECE_BYTES) {
      if (piece.badRows() > badRowsLeft) {
        records.skipAll();
      }
      if (records.next()) {
        row.read(records, piece);
      } else {
        done = true;
      }
    }
    badRowsLeft -= piece.badRows();
    boolean odd = records.isOdd() != noted;
    noted = records.isOdd();
    return piece.build((odd ? ODD_QUOTES : 0) + (records.isCutShort() ? CUT_SHORT : 0));
  }

  @Override
  public void close() {
    records.close();
  }
}
