package dev.onehot.data.text;

import dev.onehot.data.FileStamp;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A range of a file's bytes: the lines that begin in it. The last of them is read to its end,
 * wherever that is. Splits hold it, so it can be shipped.
 *
 * <p>Not a record: Kryo cannot read records.
 */
public final class TextRange implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final String name;
  private final long from;
  private final long to;
  private final FileStamp stamp;
  private final boolean gzip;
  private final boolean first;

  TextRange(TextFile file, long from, long to) {
    this.path = file.path().toString();
    this.name = file.name();
    this.from = from;
    this.to = to;
    this.stamp = file.stamp();
    this.gzip = file.gzip();
    this.first = from == file.markBytes();
  }

  Path path() {
    return new Path(path);
  }

  /** The file's name, for messages. */
  public String file() {
    return name;
  }

  /** The position of its first byte, behind a byte order mark. */
  public long from() {
    return from;
  }

  /** The position behind its last byte; {@link Long#MAX_VALUE} for all of a gzip file. */
  public long to() {
    return to;
  }

  /** Whether it holds the file's first line. */
  public boolean isFirst() {
    return first;
  }

  /** How many stored bytes will be read, but for the end of the last line. */
  public long bytes() {
    return gzip ? stamp.length() : Math.min(to, stamp.length()) - from;
  }

  /** The length of the file as it is stored. */
  long storedBytes() {
    return stamp.length();
  }

  boolean gzip() {
    return gzip;
  }

  /**
   * Makes sure that the file is as it was when it was opened first.
   *
   * @throws dev.onehot.failure.InputException if it has changed or disappeared, or cannot be read
   */
  void requireUnchanged(Configuration hadoop) {
    try {
      stamp.requireUnchanged(name, path(), hadoop);
    } catch (IOException e) {
      throw TextStream.failed(name, e);
    }
  }

  /** Reads the lines that begin in the range, from the first of them. */
  public LineReader lines(Configuration hadoop) {
    LineReader lines = linesWithRest(hadoop);
    try {
      if (!first) {
        lines.next();
      }
      return lines;
    } catch (RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  /**
   * Reads the lines that begin in the range. If it isn't the file's first range, the first line is
   * what ends the line of the byte before the range: that byte and all up to the line break.
   */
  public LineReader linesWithRest(Configuration hadoop) {
    return new LineReader(this, hadoop);
  }
}
