package dev.onehot.data.idx;

import dev.onehot.storage.Storage;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
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

  /**
   * How many uncompressed bytes lie behind. After a failed read, how many lie before the fault,
   * however many were asked for.
   */
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
      if (uncompressed instanceof Gunzip gunzip) {
        position += gunzip.bytesBeforeFault();
      }
      throw e;
    }
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
      uncompressed = gzip ? new Gunzip(new UntilTheEnd(stored), BUFFER_BYTES) : stored;
    }
    return uncompressed;
  }

  @Override
  public void close() throws IOException {
    (uncompressed == null ? stored : uncompressed).close();
  }

  /** Unlike its superclass, knows what it decompressed in a read that then met a fault. */
  private static final class Gunzip extends GZIPInputStream {

    private long bytesBeforeFault;

    Gunzip(InputStream in, int bufferBytes) throws IOException {
      super(in, bufferBytes);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      long before = inf.getBytesWritten();
      try {
        return super.read(buffer, offset, length);
      } catch (ZipException e) {
        // At a member's end the superclass calls this again, and counting begins anew.
        bytesBeforeFault = Math.max(bytesBeforeFault, inf.getBytesWritten() - before);
        throw e;
      }
    }

    /** How many bytes the failed read had decompressed before it failed. */
    long bytesBeforeFault() {
      return bytesBeforeFault;
    }
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
