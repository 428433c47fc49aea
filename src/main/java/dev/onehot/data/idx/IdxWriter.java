package dev.onehot.data.idx;

import dev.onehot.data.ImageShape;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Writes an IDX file of images or of labels. The header comes first and holds the number of rows,
 * so exactly that number must be written.
 */
public final class IdxWriter implements Closeable {

  private final OutputStream out;
  private final int rowBytes;
  private long left;

  private IdxWriter(OutputStream out, int rowBytes, int rows, byte[] header) throws IOException {
    this.out = new BufferedOutputStream(out, 1 << 16);
    this.rowBytes = rowBytes;
    this.left = rows;
    this.out.write(header);
  }

  /** Begins a file of {@code rows} images; {@code out} is closed with the writer. */
  public static IdxWriter images(OutputStream out, int rows, ImageShape shape) throws IOException {
    ByteBuffer header = header(IdxKind.IMAGES, rows).putInt(shape.height()).putInt(shape.width());
    return new IdxWriter(out, shape.features(), rows, header.array());
  }

  /** Begins a file of {@code rows} labels; {@code out} is closed with the writer. */
  public static IdxWriter labels(OutputStream out, int rows) throws IOException {
    return new IdxWriter(out, 1, rows, header(IdxKind.LABELS, rows).array());
  }

  /** The length in bytes of a file with that number of images. */
  public static long imageBytes(long rows, ImageShape shape) {
    return IdxKind.IMAGES.headerBytes() + rows * shape.features();
  }

  /** The length in bytes of a file with that number of labels. */
  public static long labelBytes(long rows) {
    return IdxKind.LABELS.headerBytes() + rows;
  }

  private static ByteBuffer header(IdxKind kind, int rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("a file has no " + rows + " rows");
    }
    return ByteBuffer.allocate(kind.headerBytes()).putInt(kind.magic()).putInt(rows);
  }

  /**
   * Writes the next rows.
   *
   * @param bytes {@code rows × features} unsigned bytes, or {@code rows} labels; the array may be
   *     longer
   */
  public void write(byte[] bytes, int rows) throws IOException {
    if (rows > left) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "%d rows where the header leaves room for %d", rows, left));
    }
    out.write(bytes, 0, rows * rowBytes);
    left -= rows;
  }

  /**
   * Ends the file.
   *
   * @throws IllegalStateException if rows that the header promises were not written
   */
  @Override
  public void close() throws IOException {
    out.close();
    if (left > 0) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "%d rows the header promises are missing", left));
    }
  }
}
