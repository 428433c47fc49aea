package dev.onehot.data.csv;

import dev.onehot.data.text.LineReader;
import dev.onehot.data.text.TextRange;
import java.io.Closeable;
import org.apache.hadoop.conf.Configuration;

/**
 * The records that begin in a range: each a line, or several if fields in quotes have line breaks.
 * A record begins behind a line break with an even number of quotes before it in the file. Whether
 * the number is even at the beginning of the range has to be guessed until all ranges have been
 * read, so the quotes of the range are counted.
 */
final class CsvRecords implements Closeable {

  /** How many bytes a record may have behind its first line. */
  static final int MOST_JOINED = 16 << 20;

  private final LineReader lines;
  private final long to;
  private long quotes;
  private int recordQuotes;
  private int breaks;
  private boolean cutShort;

  /**
   * @param inQuotes whether an odd number of quotes comes before the range
   */
  CsvRecords(TextRange range, boolean inQuotes, Configuration hadoop) {
    lines = range.linesWithRest(hadoop);
    to = range.to();
    try {
      if (!range.isFirst()) {
        skipToFirst(inQuotes);
      }
    } catch (RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  private void skipToFirst(boolean inQuotes) {
    int before = inQuotes ? 1 : 0;
    // The first byte isn't the range's own.
    int from = 1;
    while (lines.next()) {
      before += countFrom(lines.start() + from);
      from = 0;
      if (before % 2 == 0) {
        return;
      }
    }
  }

  /** Counts the quotes from a byte to the end of the line, and those that are the range's own. */
  private int countFrom(int from) {
    byte[] buffer = lines.buffer();
    int behind = lines.behind();
    int all = Quotes.count(buffer, from, behind);
    if (all > 0) {
      long own = Math.max(0, to - lines.position(from));
      quotes += own >= behind - from ? all : Quotes.count(buffer, from, from + (int) own);
    }
    return all;
  }

  /**
   * Goes to the next record that isn't an empty line.
   *
   * @return false if none begins in the range
   */
  boolean next() {
    while (lines.next()) {
      if (lines.end() > lines.start()) {
        join();
        return true;
      }
    }
    return false;
  }

  private void join() {
    breaks = 0;
    recordQuotes = countFrom(lines.start());
    int length = lines.behind() - lines.start();
    int longest = length + MOST_JOINED;
    while (recordQuotes % 2 != 0 && length < longest && lines.join()) {
      recordQuotes += countFrom(lines.start() + length);
      length = lines.behind() - lines.start();
      breaks++;
    }
    cutShort |= recordQuotes % 2 != 0 && length >= longest;
  }

  /** Whether a record was longer than is read, so that what follows it is in quotes. */
  boolean isCutShort() {
    return cutShort;
  }

  byte[] buffer() {
    return lines.buffer();
  }

  /** The record's first byte. */
  int start() {
    return lines.start();
  }

  /** The byte behind its last. */
  int end() {
    return lines.end();
  }

  /** Whether it has quotes. */
  boolean hasQuotes() {
    return recordQuotes > 0;
  }

  /** How many line breaks are in it. */
  int breaks() {
    return breaks;
  }

  /** Counts the quotes of all records that are left. */
  void skipAll() {
    while (lines.next()) {
      countFrom(lines.start());
    }
  }

  /** Whether the number of quotes so far in the range is odd. */
  boolean isOdd() {
    return quotes % 2 != 0;
  }

  @Override
  public void close() {
    lines.close();
  }
}
