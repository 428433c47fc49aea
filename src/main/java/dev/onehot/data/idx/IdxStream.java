package dev.onehot.data.idx;

import dev.onehot.storage.Storage;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
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
      if (uncompressed instanceof Gunzip gunzip) {
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
      uncompressed = gzip ? new Gunzip(new CountedStream(stored), BUFFER_BYTES) : stored;
    }
    return uncompressed;
  }

  @Override
  public void close() throws IOException {
    (uncompressed == null ? stored : uncompressed).close();
  }

  /**
   * Unlike its superclass, this stream knows how many bytes it decompressed in a read before a
   * fault, and refuses bytes after the last gzip member.
   */
  private static final class Gunzip extends GZIPInputStream {

    private static final int TRAILER_BYTES = 8;

    private final CountedStream compressed;
    private long filledTo;
    private long bytesBeforeFault;

    Gunzip(CountedStream compressed, int bufferBytes) throws IOException {
      super(compressed, bufferBytes);
      this.compressed = compressed;
    }

    @Override
    protected void fill() throws IOException {
      super.fill();
      filledTo = compressed.count;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      long before = inf.getBytesWritten();
      int n;
      try {
        n = super.read(buffer, offset, length);
      } catch (ZipException e) {
        // At the end of a gzip member the superclass calls this again, and its counter restarts.
        bytesBeforeFault = Math.max(bytesBeforeFault, inf.getBytesWritten() - before);
        throw e;
      }
      if (n < 0) {
        refuseTrailingBytes();
      }
      return n;
    }

    /** The superclass ignores what follows the last member and is no member itself. */
    private void refuseTrailingBytes() throws IOException {
      long end = filledTo - inf.getRemaining() + TRAILER_BYTES;
      compressed.transferTo(OutputStream.nullOutputStream());
      if (compressed.count > end) {
        throw new ZipException(
            String.format(Locale.ROOT, "%d bytes follow its end", compressed.count - end));
      }
    }

    /** How many bytes the failed read had decompressed before it failed. */
    long bytesBeforeFault() {
      return bytesBeforeFault;
    }
  }

  /**
   * A stream that counts its bytes, and always reports at least one available byte. GZIPInputStream
   * takes 0 for the end of the file, and would skip further gzip members.
   */
  private static final class CountedStream extends FilterInputStream {

    long count;

    CountedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      count += Math.max(n, 0);
      return n;
    }

    @Override
    public int available() throws IOException {
      return Math.max(1, super.available());
    }
  }
}
