package dev.onehot.data.text;

import dev.onehot.failure.InputException;
import dev.onehot.storage.GunzippedStream;
import dev.onehot.storage.Storage;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * The uncompressed bytes of one file. The first two bytes say whether it is gzip. The name does not
 * count, as browsers unpack a file without renaming it.
 */
final class TextStream implements Closeable {

  private static final int GZIP_BUFFER = 1 << 16;

  private final InputStream bytes;
  private final boolean gzip;

  private TextStream(InputStream bytes, boolean gzip) {
    this.bytes = bytes;
    this.gzip = gzip;
  }

  /** Opens a file at its beginning. */
  static TextStream open(Path path, Configuration hadoop) throws IOException {
    FSDataInputStream stored = Storage.of(path, hadoop).open(path);
    try {
      boolean gzip = stored.read() == 0x1f && stored.read() == 0x8b;
      stored.seek(0);
      return new TextStream(gzip ? new GunzippedStream(stored, GZIP_BUFFER) : stored, gzip);
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }

  /** Opens a file that is known to be raw. */
  static TextStream openRaw(Path path, long position, Configuration hadoop) throws IOException {
    FSDataInputStream stored = Storage.of(path, hadoop).open(path);
    try {
      stored.seek(position);
      return new TextStream(stored, false);
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }

  boolean gzip() {
    return gzip;
  }

  /** The next bytes, or all that are left if they are fewer. */
  byte[] readNBytes(int count) throws IOException {
    byte[] read = new byte[count];
    return Arrays.copyOf(read, read(read, 0, count));
  }

  /**
   * Reads so many bytes, or all that are left if they are fewer.
   *
   * @return how many were read
   * @throws ZipException if a gzip file is corrupt
   * @throws EOFException if a gzip file is truncated
   */
  int read(byte[] buffer, int offset, int length) throws IOException {
    return bytes.readNBytes(buffer, offset, length);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  /** What a failure to read a file means for its user. */
  static InputException failed(String file, IOException e) {
    String reason =
        e instanceof EOFException
            ? "found the end of the file within its gzip stream, expected all of it; get the file again"
            : e instanceof ZipException
                ? String.format(
                    Locale.ROOT, "corrupt gzip (%s); get the file again", e.getMessage())
                : String.format(
                    Locale.ROOT, "cannot be read (%s)", Storage.reason(e, new Path(file)));
    return new InputException(String.format(Locale.ROOT, "%s: %s", file, reason), e);
  }
}
