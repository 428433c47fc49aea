package dev.onehot.data.csv;

import dev.onehot.data.MissingValues;
import dev.onehot.data.PieceSplit;
import dev.onehot.data.RowPiece;
import dev.onehot.data.text.TextRange;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;

/**
 * A range of a CSV file.
 *
 * <p>Not a record: Kryo cannot read records.
 */
final class CsvSplit implements PieceSplit {

  private static final long serialVersionUID = 1L;

  private final TextRange range;
  private final CsvLayout layout;
  private final MissingValues missing;
  private final boolean inQuotes;

  /**
   * @param inQuotes whether it begins within quotes, as far as is known
   */
  CsvSplit(TextRange range, CsvLayout layout, MissingValues missing, boolean inQuotes) {
    this.range = range;
    this.layout = layout;
    this.missing = missing;
    this.inQuotes = inQuotes;
  }

  @Override
  public String file() {
    return range.file();
  }

  @Override
  public long bytes() {
    return range.bytes();
  }

  /** Whether it holds the beginning of its file. */
  boolean isFirst() {
    return range.isFirst();
  }

  boolean inQuotes() {
    return inQuotes;
  }

  /** The same range, begun in another way. */
  CsvSplit begun(boolean withinQuotes) {
    return new CsvSplit(range, layout, missing, withinQuotes);
  }

  @Override
  public Iterator<RowPiece> read(Configuration hadoop, long mostBadRows) {
    return new CsvPieces(range, layout, missing, inQuotes, mostBadRows, hadoop);
  }
}
