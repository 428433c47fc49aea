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
    NpyHeader header = NpyHeader.read(in);
    int itemBytes = header.type().itemBytes();
    if (header.type().kind() != 'f' || itemBytes != Float.BYTES && itemBytes != Double.BYTES) {
      throw new IOException("no array of float64 or float32: of type " + header.type());
    }
    long size = header.items();
    if (size > Integer.MAX_VALUE / itemBytes) {
      throw new IOException("an array too large to read: of shape " + header.shapeText());
    }
    double[] values = values(in, (int) size, header);
    if (in.read() >= 0) {
      throw new IOException("bytes follow behind the array");
    }
    int[] shape = Arrays.stream(header.shape()).mapToInt(length -> (int) length).toArray();
    return new Array(shape, header.fortran() ? inOrderOfC(values, shape) : values);
  }

  private static double[] values(InputStream in, int size, NpyHeader header) throws IOException {
    boolean singles = header.type().itemBytes() == Float.BYTES;
    int length = size * header.type().itemBytes();
    byte[] found = in.readNBytes(length);
    if (found.length < length) {
      throw new EOFException("ends early: " + (length - found.length) + " bytes missing");
    }
    ByteBuffer bytes =
        ByteBuffer.wrap(found)
            .order(header.type().bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = singles ? bytes.getFloat() : bytes.getDouble();
    }
    return values;
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
