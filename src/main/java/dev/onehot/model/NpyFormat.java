package dev.onehot.model;

import dev.onehot.npy.NpyHeader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * NumPy's file format for arrays. Writes version 1.0, little-endian float64 in C order. Source:
 * {@code numpy/lib/format.py} (NEP 1).
 */
public final class NpyFormat {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int PREFIX = MAGIC.length + 4;
  private static final int ALIGNMENT = 64;
  private static final int PIECE_VALUES = 1 << 13;

  private NpyFormat() {}

  /**
   * An array with its shape.
   *
   * @param shape the length of each dimension
   * @param values in C order: the last index varies fastest
   */
  public record Array(int[] shape, double[] values) {}

  /**
   * Writes an array. Leaves the stream open.
   *
   * @param values in C order
   * @param shape the length of each dimension
   */
  public static void write(OutputStream out, double[] values, int... shape) throws IOException {
    StringJoiner dimensions = new StringJoiner(", ", "(", shape.length == 1 ? ",)" : ")");
    for (int length : shape) {
      dimensions.add(Integer.toString(length));
    }
    String header =
        String.format(
            Locale.ROOT, "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }", dimensions);
    int unpadded = PREFIX + header.length() + 1;
    int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
    byte[] padded = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
    prefix.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) padded.length);
    out.write(prefix.array());
    out.write(padded);
    writeValues(out, values);
  }

  /**
   * Writes only the numbers, as little-endian float64, piece by piece, so that memory holds no copy
   * of the array.
   */
  static void writeValues(OutputStream out, double[] values) throws IOException {
    ByteBuffer piece =
        ByteBuffer.allocate(PIECE_VALUES * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += PIECE_VALUES) {
      int count = Math.min(PIECE_VALUES, values.length - from);
      piece.asDoubleBuffer().put(values, from, count);
      out.write(piece.array(), 0, count * Double.BYTES);
    }
  }

  /**
   * Reads a whole array as NumPy writes it: float64 or float32, in either order of bytes and of
   * dimensions, version 1 to 3.
   *
   * @throws IOException if the stream holds no such array, ends early, or has bytes after the array
   */
  public static Array read(InputStream in) throws IOException {
    // A damaged header may say any shape: take memory only as numbers come.
    return read(in, NpyHeader.read(in), PIECE_VALUES);
  }

  /**
   * Reads a whole array of a known shape.
   *
   * @throws IOException likewise, or if the array has another shape
   */
  static double[] readOfShape(InputStream in, int... shape) throws IOException {
    NpyHeader header = NpyHeader.read(in);
    if (!Arrays.equals(shape(header), shape)) {
      throw new OtherShape(shape(header));
    }
    return read(in, header, size(header)).values();
  }

  /** An array has another shape than it should have. */
  static final class OtherShape extends IOException {

    private static final long serialVersionUID = 1L;

    OtherShape(int[] shape) {
      super(Arrays.toString(shape));
    }
  }

  private static int[] shape(NpyHeader header) {
    return Arrays.stream(header.shape()).mapToInt(length -> (int) length).toArray();
  }

  /** How many numbers there are: so many that they fit in one Java array. */
  private static int size(NpyHeader header) throws IOException {
    int width = header.type().itemBytes();
    if (header.type().kind() != 'f' || width != Float.BYTES && width != Double.BYTES) {
      throw new IOException("no array of float64 or float32: of type " + header.type());
    }
    long size = header.items();
    if (size > Integer.MAX_VALUE / width) {
      throw new IOException("an array too large to read: of shape " + header.shapeText());
    }
    return (int) size;
  }

  /**
   * Piece by piece, so that memory holds no copy of the bytes.
   *
   * @param room for how many numbers there is room at first
   */
  private static Array read(InputStream in, NpyHeader header, int room) throws IOException {
    int width = header.type().itemBytes();
    int size = size(header);
    double[] values = new double[Math.min(size, room)];
    for (int from = 0; from < size; from += PIECE_VALUES) {
      int count = Math.min(PIECE_VALUES, size - from);
      byte[] piece = in.readNBytes(count * width);
      if (piece.length < count * width) {
        throw new EOFException(
            "ends early: " + ((long) (size - from) * width - piece.length) + " bytes missing");
      }
      if (from + count > values.length) {
        values = Arrays.copyOf(values, (int) Math.min(size, 2L * values.length));
      }
      ByteBuffer numbers =
          ByteBuffer.wrap(piece)
              .order(header.type().bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        values[from + i] = width == Float.BYTES ? numbers.getFloat() : numbers.getDouble();
      }
    }
    if (in.read() >= 0) {
      throw new IOException("bytes follow behind the array");
    }
    int[] shape = shape(header);
    return new Array(shape, header.fortran() ? inOrderOfC(values, shape) : values);
  }

  /** Reorders values whose first index varies fastest. */
  private static double[] inOrderOfC(double[] values, int[] shape) {
    double[] reordered = new double[values.length];
    int[] index = new int[shape.length];
    for (double value : values) {
      int at = 0;
      for (int d = 0; d < shape.length; d++) {
        at = at * shape[d] + index[d];
      }
      reordered[at] = value;
      for (int d = 0; d < shape.length && ++index[d] == shape[d]; d++) {
        index[d] = 0;
      }
    }
    return reordered;
  }
}
