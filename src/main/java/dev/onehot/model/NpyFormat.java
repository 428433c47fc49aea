package dev.onehot.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's file format for arrays, version 1.0, of little-endian float64 in C order. Source: {@code
 * numpy/lib/format.py} (NEP 1).
 */
public final class NpyFormat {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int PREFIX = MAGIC.length + 4;
  private static final int ALIGNMENT = 64;
  private static final int PIECE_VALUES = 1 << 13;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr':\\s*'([^']*)',\\s*'fortran_order':\\s*(True|False),"
              + "\\s*'shape':\\s*\\(([0-9, ]*)\\),?\\s*\\}\\s*");

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
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': %s, }".formatted(dimensions);
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
   * Reads a whole array.
   *
   * @throws IOException if the stream holds no array in this format, ends early, or has bytes after
   *     the array
   */
  public static Array read(InputStream in) throws IOException {
    ByteBuffer prefix = littleEndian(in, PREFIX);
    byte[] magic = new byte[MAGIC.length];
    prefix.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IOException("no .npy file: it starts with other bytes");
    }
    int version = prefix.get();
    if (version != 1) {
      throw new IOException("an .npy file of version " + version + ", where 1 is expected");
    }
    prefix.get();
    int headerLength = prefix.getShort() & 0xFFFF;
    ByteBuffer headerBytes = littleEndian(in, headerLength);
    String header = new String(headerBytes.array(), StandardCharsets.US_ASCII);
    Matcher matcher = HEADER.matcher(header);
    if (!matcher.matches()
        || !matcher.group(1).equals("<f8")
        || !matcher.group(2).equals("False")) {
      throw new IOException("no array of little-endian float64 in C order: " + header.trim());
    }
    int[] shape =
        Arrays.stream(matcher.group(3).split(","))
            .map(String::trim)
            .filter(length -> !length.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    int size = 1;
    for (int length : shape) {
      size = Math.multiplyExact(size, length);
    }
    double[] values = new double[size];
    littleEndian(in, Math.multiplyExact(size, Double.BYTES)).asDoubleBuffer().get(values);
    if (in.read() >= 0) {
      throw new IOException("bytes follow behind the array");
    }
    return new Array(shape, values);
  }

  private static ByteBuffer littleEndian(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("ends early: %d bytes missing".formatted(length - bytes.length));
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
