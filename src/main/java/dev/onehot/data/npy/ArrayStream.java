package dev.onehot.data.npy;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hadoop.fs.FSDataInputStream;

/** The bytes of an array, unpacked. Positions count from the beginning of its header. */
final class ArrayStream implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final StoredArray array;
  private final FSDataInputStream stored;
  private final Inflater inflater;
  private final CRC32 crc = new CRC32();
  private final InputStream bytes;
  private long position;

  private ArrayStream(
      StoredArray array, FSDataInputStream stored, Inflater inflater, InputStream bytes) {
    this.array = array;
    this.stored = stored;
    this.inflater = inflater;
    this.bytes = inflater == null ? bytes : new CheckedInputStream(bytes, crc);
  }

  /** The bytes of an array in an open file, which is closed if that fails. */
  static ArrayStream of(StoredArray array, FSDataInputStream stored) throws IOException {
    try {
      stored.seek(array.offset());
      return switch (array.packing()) {
        case RAW -> new ArrayStream(array, stored, null, stored);
        case GZIP -> new ArrayStream(array, stored, null, gunzip(stored));
        case DEFLATED -> {
          Inflater inflater = new Inflater(true);
          yield new ArrayStream(
              array, stored, inflater, new InflaterInputStream(stored, inflater, BUFFER_BYTES));
        }
      };
    } catch (IOException e) {
      stored.close();
      throw e;
    }
  }

  /**
   * Files of several members are made by parallel compressors and by cat. Newer versions of the
   * library have another way to say that they are read, which that of Spark 3.5 lacks.
   */
  @SuppressWarnings("deprecation")
  private static InputStream gunzip(InputStream in) throws IOException {
    return new GzipCompressorInputStream(in, true);
  }

  /** The bytes from here on, which may be more than the array's if it is raw. */
  InputStream rest() {
    return bytes;
  }

  /**
   * Reads bytes from a position on. If they are packed, it must not lie before the end of the last
   * read.
   *
   * @throws dev.onehot.failure.InputException if it fails, or the array ends before
   */
  void read(long from, byte[] into, int at, int length) {
    try {
      skipTo(from);
      int found = 0;
      while (found < length) {
        int wanted = Math.min(length - found, array.isRaw() ? length : BUFFER_BYTES);
        int n = bytes.read(into, at + found, wanted);
        if (n < 0) {
          throw new EOFException(String.format(Locale.ROOT, "%,d bytes missing", length - found));
        }
        found += n;
        position += n;
      }
    } catch (IOException e) {
      throw array.unreadable(position, e);
    }
  }

  private void skipTo(long target) throws IOException {
    if (array.isRaw()) {
      if (position != target) {
        stored.seek(array.offset() + target);
      }
      position = target;
      return;
    }
    if (target < position) {
      throw new IllegalStateException("cannot go back from " + position + " to " + target);
    }
    byte[] discarded = new byte[(int) Math.min(BUFFER_BYTES, target - position)];
    while (position < target) {
      int wanted = (int) Math.min(discarded.length, target - position);
      int found = bytes.readNBytes(discarded, 0, wanted);
      position += found;
      if (found < wanted) {
        throw new EOFException(String.format(Locale.ROOT, "%,d bytes missing", target - position));
      }
    }
  }

  /**
   * Makes sure that packed bytes end where they should, and that they are what was packed.
   *
   * @param end the position behind the last item
   * @throws dev.onehot.failure.InputException if more bytes follow, or the checksum is another
   */
  void requireEnd(long end) {
    if (array.isRaw()) {
      return;
    }
    try {
      skipTo(end);
      if (bytes.read() >= 0) {
        throw new ZipException("bytes follow behind the array");
      }
      if (inflater != null && crc.getValue() != array.crc()) {
        throw new ZipException(array.otherThan(crc));
      }
    } catch (IOException e) {
      throw array.unreadable(position, e);
    }
  }

  @Override
  public void close() throws IOException {
    if (inflater != null) {
      inflater.end();
    }
    stored.close();
  }
}
