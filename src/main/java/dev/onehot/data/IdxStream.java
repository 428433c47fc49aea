package dev.onehot.data;

import dev.onehot.storage.Storage;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * The uncompressed bytes of one file. Whether it is gzip is told by its first two bytes, not by its
 * name: browsers and mirrors unpack a file without renaming it.
 */
final class IdxStream implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final FSDataInputStream stored;
  private final boolean gzip;
  private InputStream uncompressed;
  private long position;

  private IdxStream(FSDataInputStream stored, boolean gzip) {
    this.stored = stored;
    this.gzip = gzip;
  }

  static IdxStream open(Path path, Configuration hadoop) throws IOException {
    FSDataInputStream stored = Storage.of(path, hadoop).open(path);
    try {
      boolean gzip = stored.read() == 0x1f && stored.read() == 0x8b;
      stored.seek(0);
      return new IdxStream(stored, gzip);
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }

  boolean gzip() {
    return gzip;
  }

  /** How many uncompressed bytes lie behind, also after a failed read. */
  long position() {
    return position;
  }

  /** Moves forward; in gzip by reading all that lies between. */
  void skipTo(long target) throws IOException {
    if (!gzip) {
      stored.seek(target);
      position = target;
      return;
    }
    byte[] discarded = new byte[BUFFER_BYTES];
    while (position < target) {
      int wanted = (int) Math.min(discarded.length, target - position);
      if (read(discarded, 0, wanted) < wanted) {
        return;
      }
    }
  }

  /**
   * Reads as many bytes as are asked for, fewer only at the end.
   *
   * @throws java.util.zip.ZipException if the gzip stream is corrupt
   * @throws java.io.EOFException if the gzip stream breaks off
   */
  int read(byte[] buffer, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int n = uncompressed().read(buffer, offset + count, length - count);
      if (n < 0) {
        break;
      }
      count += n;
      position += n;
    }
    return count;
  }

  /** How many bytes are left; reads them all, and with them the checksum behind a gzip stream. */
  long drain() throws IOException {
    byte[] discarded = new byte[BUFFER_BYTES];
    long left = 0;
    int n;
    do {
      n = read(discarded, 0, discarded.length);
      left += n;
    } while (n == discarded.length);
    return left;
  }

  private InputStream uncompressed() throws IOException {
    if (uncompressed == null) {
      uncompressed = gzip ? new GZIPInputStream(new UntilTheEnd(stored), BUFFER_BYTES) : stored;
    }
    return uncompressed;
  }

  @Override
  public void close() throws IOException {
    (uncompressed == null ? stored : uncompressed).close();
  }

  /**
   * A stream that never says nothing is available: GZIPInputStream takes that for the end of the
   * file and would leave out what other members follow.
   */
  private static final class UntilTheEnd extends FilterInputStream {

    UntilTheEnd(InputStream in) {
      super(in);
    }

    @Override
    public int available() throws IOException {
      return Math.max(1, super.available());
    }
  }
}
