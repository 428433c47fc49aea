package dev.onehot.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The uncompressed bytes of a gzip stream of any number of members. Unlike its superclass, it knows
 * how many bytes it decompressed in a read before a fault, and refuses bytes after the last member.
 */
public final class GunzippedStream extends GZIPInputStream {

  private static final int TRAILER_BYTES = 8;

  private final CountedStream compressed;
  private long filledTo;
  private long bytesBeforeFault;

  /**
   * @param stored the compressed bytes
   * @param bufferBytes how many of them are read at once
   * @throws java.util.zip.ZipException if they don't begin like gzip
   */
  public GunzippedStream(InputStream stored, int bufferBytes) throws IOException {
    this(new CountedStream(stored), bufferBytes);
  }

  private GunzippedStream(CountedStream compressed, int bufferBytes) throws IOException {
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
  public long bytesBeforeFault() {
    return bytesBeforeFault;
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
