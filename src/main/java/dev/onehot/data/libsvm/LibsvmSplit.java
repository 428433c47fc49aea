package dev.onehot.data.libsvm;

import dev.onehot.data.PieceSplit;
import dev.onehot.data.RowPiece;
import dev.onehot.data.text.TextRange;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;

/**
 * The lines that begin in a range of a LIBSVM file.
 *
 * @param range the range
 * @param form what is known of the rows
 */
record LibsvmSplit(TextRange range, LibsvmForm form) implements PieceSplit {

  private static final long serialVersionUID = 1L;

  @Override
  public String file() {
    return range.file();
  }

  @Override
  public long bytes() {
    return range.bytes();
  }

  @Override
  public Iterator<RowPiece> read(Configuration hadoop, long mostBadRows) {
    return new LibsvmPieces(range.lines(hadoop), file(), form, mostBadRows);
  }
}
