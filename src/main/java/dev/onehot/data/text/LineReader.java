package dev.onehot.data.text;

import dev.onehot.failure.InputException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the lines of a range one after another, each as a range of a buffer's bytes. Lines end with
 * LF or CRLF, which are not part of them; the last line of a file may lack its line break.
 *
 * <p>The file must stay as it was when it was opened first. That is checked before the first byte
 * is read and behind the last line, so rows are only to be used when {@link #next} has returned
 * false or {@link #requireUnchanged} has been called.
 *
 * <pre>{@code
 * while (lines.next()) {
 *   parse(lines.buffer(), lines.start(), lines.end());
 * }
 * }</pre>
 */
public final class LineReader implements Closeable {

  /** The longest line; Java's arrays are not much longer. */
  private static final int MOST_LINE_BYTES = 1 << 30;

  private static final int SMALLEST_BUFFER = 1 << 12;
  private static final int USUAL_BUFFER = 1 << 18;

  private final TextRange range;
  private final Configuration hadoop;
  private final String file;
  private final TextStream stream;
  private final long to;

  /** How many bytes a raw file has; longer than any file for gzip, whose end tells itself. */
  private final long fileBytes;

  private byte[] buffer;

  /** The position of the buffer's first byte in the uncompressed file. */
  private long position;

  private int filled;
  private boolean atEnd;
  private boolean finished;
  private int start;
  private int end;
  private int next;

  LineReader(TextRange range, Configuration hadoop) {
    this.range = range;
    this.hadoop = hadoop;
    file = range.file();
    to = range.to();
    fileBytes = range.gzip() ? Long.MAX_VALUE : range.storedBytes();
    long wanted = range.gzip() ? USUAL_BUFFER : range.bytes() + SMALLEST_BUFFER;
    buffer = new byte[(int) Math.min(USUAL_BUFFER, wanted)];
    position = range.isFirst() ? range.from() : range.from() - 1;
    requireUnchanged();
    try {
      if (range.gzip()) {
        stream = TextStream.open(range.path(), hadoop);
        stream.readNBytes((int) position);
      } else {
        stream = TextStream.openRaw(range.path(), position, hadoop);
      }
    } catch (IOException e) {
      throw TextStream.failed(file, e);
    }
  }

  /**
   * Goes to the next line that begins in the range.
   *
   * @return false if there is none
   * @throws InputException if the file is broken or has changed, or the line is longer than a GiB
   */
  public boolean next() {
    start = next;
    if (position + start >= to || !hasByte(start)) {
      end = start;
      if (!finished) {
        requireUnchanged();
        finished = true;
      }
      return false;
    }
    findEnd(start);
    return true;
  }

  /**
   * Makes sure that the file is as it was when it was opened first. Only who stops before the last
   * line needs to ask for it.
   *
   * @throws InputException if it has changed or disappeared
   */
  public void requireUnchanged() {
    range.requireUnchanged(hadoop);
  }

  /**
   * Lengthens the line by its line break and the line that follows, even if that one begins behind
   * the range. The bytes may move to another place.
   *
   * @return false, with the line as it was, if it is the last of the file
   */
  public boolean join() {
    if (!hasByte(next)) {
      return false;
    }
    findEnd(next);
    return true;
  }

  /** Where the bytes are, until the next call of {@link #next} or {@link #join}. */
  public byte[] buffer() {
    return buffer;
  }

  /** The line's first byte. */
  public int start() {
    return start;
  }

  /** The byte behind the line's last, where its line break is, or nothing. */
  public int end() {
    return end;
  }

  /** The byte behind the line's break. */
  public int behind() {
    return next;
  }

  /** The position in the uncompressed file of a byte of the buffer. */
  public long position(int index) {
    return position + index;
  }

  /** Looks for the end of the line, from the byte {@code from}, which is there. */
  private void findEnd(int from) {
    int searched = from;
    while (true) {
      int found = LineBreaks.find(buffer, searched, filled);
      if (found < filled) {
        next = found + 1;
        end = found > start && buffer[found - 1] == '\r' ? found - 1 : found;
        return;
      }
      searched = filled - start;
      boolean more = fill();
      searched += start;
      if (!more) {
        next = filled;
        end = filled > start && buffer[filled - 1] == '\r' ? filled - 1 : filled;
        return;
      }
    }
  }

  /** Whether the buffer has the byte, or could be filled so that it has. It may move. */
  private boolean hasByte(int index) {
    return index < filled || fill();
  }

  /** Reads on. What comes before the line goes from the buffer. */
  private boolean fill() {
    if (atEnd) {
      return false;
    }
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      position += start;
      filled -= start;
      next -= start;
      end -= start;
      start = 0;
    }
    if (filled == buffer.length) {
      if (filled >= MOST_LINE_BYTES) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: the line at byte %,d is longer than %,d bytes, the most that a line may have",
                file,
                position,
                MOST_LINE_BYTES));
      }
      buffer = Arrays.copyOf(buffer, 2 * filled);
    }
    try {
      int wanted = (int) Math.min(buffer.length - filled, fileBytes - position - filled);
      int read = stream.read(buffer, filled, wanted);
      filled += read;
      requireAll(read, wanted);
      return read > 0;
    } catch (IOException e) {
      // That another file took its place tells more than what is wrong with a mix of both.
      requireUnchanged();
      throw TextStream.failed(file, e);
    }
  }

  /** A raw file has as many bytes as when it was opened, or else others changed it meanwhile. */
  private void requireAll(int read, int wanted) {
    if (read < wanted && fileBytes < Long.MAX_VALUE) {
      requireUnchanged();
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found %,d bytes, expected %,d as when it was opened; nothing may change it while it is read",
              file,
              position + filled,
              fileBytes));
    }
    atEnd = read < wanted || position + filled == fileBytes;
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
