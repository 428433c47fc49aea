package dev.onehot.data.idx;

import dev.onehot.storage.GunzippedStream;
import dev.onehot.storage.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * The uncompressed bytes of one file. The first two bytes say whether it is gzip. The name does not
 * count: browsers and mirrors unpack a file without renaming it.
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

  /**
   * The number of uncompressed bytes read so far. After a failed read, the number of bytes before
   * the fault.
   */
  long position() {
    return position;
  }

  /** Moves forward. In gzip this reads all bytes between. */
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
   * Reads {@code length} bytes, or fewer at the end of the file.
   *
   * @throws java.util.zip.ZipException if the gzip stream is corrupt
   * @throws java.io.EOFException if the gzip stream is truncated
   */
  int read(byte[] buffer, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int n = readSome(buffer, offset + count, length - count);
      if (n < 0) {
        break;
      }
      count += n;
      position += n;
    }
    return count;
  }

  private int readSome(byte[] buffer, int offset, int length) throws IOException {
    try {
      return uncompressed().read(buffer, offset, length);
    } catch (ZipException e) {
      if (uncompressed instanceof GunzippedStream gunzip) {
        position += gunzip.bytesBeforeFault();
      }
      throw e;
    }
  }

  /**
   * Reads all bytes that are left, and the checksum at the end of a gzip stream. Returns their
   * number.
   */
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
      uncompressed = gzip ? new GunzippedStream(stored, BUFFER_BYTES) : stored;
    }
    return uncompressed;
  }

  @Override
  public void close() throws IOException {
    (uncompressed == null ? stored : uncompressed).close();
  }
}
