package dev.onehot.data.text;

import dev.onehot.data.FileStamp;
import dev.onehot.failure.InputException;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file of text that has been looked at: raw or gzip by its first two bytes, with or without a
 * byte order mark.
 *
 * @param path where it is, fully qualified
 * @param name its path as it was given, for messages
 * @param stamp its length, as it is stored, and its time before its first byte was read
 * @param gzip whether it is gzip
 * @param markBytes the length of the byte order mark of UTF-8, or 0
 */
public record TextFile(Path path, String name, FileStamp stamp, boolean gzip, int markBytes) {

  /** So many bytes of a raw file are a range, unless a test wants shorter ones. */
  public static final long RANGE_BYTES = 8L << 20;

  private static final int HEAD_BYTES = 512;

  /**
   * Looks at a file's first bytes.
   *
   * @throws InputException if it is missing, empty, or no text in UTF-8
   */
  public static TextFile open(Path path, Configuration hadoop) {
    String name = path.toString();
    try {
      FileSystem files = Storage.of(path, hadoop);
      Path qualified = files.makeQualified(path);
      FileStamp stamp = FileStamp.of(files.getFileStatus(path));
      boolean gzip;
      byte[] head;
      try (TextStream bytes = TextStream.open(qualified, hadoop)) {
        gzip = bytes.gzip();
        head = bytes.readNBytes(HEAD_BYTES);
      }
      int mark = ByteOrderMark.utf8Bytes(head, name);
      if (head.length == mark) {
        throw new InputException(
            String.format(Locale.ROOT, "%s: is empty; get the file again", name));
      }
      requireLineBreaks(head, name);
      return new TextFile(qualified, name, stamp, gzip, mark);
    } catch (IOException e) {
      throw TextStream.failed(name, e);
    }
  }

  /** Lines may end with LF or CRLF, but not with CR alone, as they once did on some computers. */
  private static void requireLineBreaks(byte[] head, String name) {
    boolean returns = false;
    for (int i = 0; i < head.length; i++) {
      if (head[i] == '\n') {
        return;
      }
      returns |= head[i] == '\r' && i + 1 < head.length;
    }
    if (returns) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found carriage returns alone between lines, expected LF or CRLF; convert it, as by tr '\\r' '\\n'",
              name));
    }
  }

  /** The whole file as one range. */
  public TextRange whole() {
    return new TextRange(this, markBytes, gzip ? Long.MAX_VALUE : stamp.length());
  }

  /**
   * The file's ranges: runs of so many bytes, which follow from the file's length alone. A gzip
   * file, which can only be read from its beginning, is one.
   *
   * @param rangeBytes at least 1; usually {@link #RANGE_BYTES}
   */
  public List<TextRange> ranges(long rangeBytes) {
    if (gzip) {
      return List.of(whole());
    }
    List<TextRange> ranges = new ArrayList<>();
    for (long from = markBytes; from < stamp.length(); from += rangeBytes) {
      ranges.add(new TextRange(this, from, Math.min(stamp.length(), from + rangeBytes)));
    }
    return ranges;
  }
}
