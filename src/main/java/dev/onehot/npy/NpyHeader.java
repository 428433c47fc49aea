package dev.onehot.npy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The header of a NumPy file, of version 1 to 3: how the items behind it are stored. Source: {@code
 * numpy/lib/format.py} (NEP 1).
 *
 * @param type the type of an item
 * @param fortran whether the first index varies fastest, and not the last
 * @param shape the length of each dimension, ≥ 0
 * @param bytes the length of the header: the offset of the first item
 */
public record NpyHeader(NpyType type, boolean fortran, long[] shape, int bytes) {

  /** How every file begins. */
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");
  private static final int MOST_BYTES = 1 << 20;

  /**
   * Reads a header, up to the first item.
   *
   * @throws IOException if there is none, with the byte, what was found and what was expected;
   *     {@link EOFException} if it ends early
   */
  public static NpyHeader read(InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    int compared = Math.min(start.length, MAGIC.length);
    if (!Arrays.equals(start, 0, compared, MAGIC, 0, compared)) {
      throw new IOException(
          "no .npy file: at byte 0: found 0x"
              + HexFormat.of().formatHex(start, 0, compared)
              + ", expected 0x"
              + HexFormat.of().formatHex(MAGIC));
    }
    require(start.length, MAGIC.length + 2, 0);
    int version = start[MAGIC.length];
    if (version < 1 || version > 3) {
      throw new IOException("an .npy file of version " + version + ", where 1 to 3 are known");
    }
    int lengthBytes = version == 1 ? Short.BYTES : Integer.BYTES;
    byte[] field = in.readNBytes(lengthBytes);
    require(field.length, lengthBytes, start.length);
    ByteBuffer length = ByteBuffer.wrap(field).order(ByteOrder.LITTLE_ENDIAN);
    int bytes = version == 1 ? length.getShort() & 0xFFFF : length.getInt();
    if (bytes < 0 || bytes > MOST_BYTES) {
      throw new IOException("a header of " + Integer.toUnsignedString(bytes) + " bytes");
    }
    int before = start.length + lengthBytes;
    byte[] literal = in.readNBytes(bytes);
    require(literal.length, bytes, before);
    String text =
        new String(literal, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    return of(text, before, before + bytes);
  }

  private static void require(int found, int expected, int before) throws EOFException {
    if (found < expected) {
      throw new EOFException(
          "ends early: header cut short at byte "
              + (before + found)
              + ": "
              + (expected - found)
              + " bytes missing");
    }
  }

  private static NpyHeader of(String text, int offset, int bytes) throws IOException {
    Object literal;
    try {
      literal = PythonLiteral.parse(text);
    } catch (IOException e) {
      throw new IOException(
          "the header behind byte " + offset + " is no dict of Python: " + e.getMessage(), e);
    }
    if (!(literal instanceof Map<?, ?> dict) || !dict.keySet().equals(KEYS)) {
      throw new IOException(
          "the header behind byte "
              + offset
              + ": found "
              + text.strip()
              + ", expected a dict with the keys descr, fortran_order and shape");
    }
    if (!(dict.get("fortran_order") instanceof Boolean fortran)
        || !(dict.get("shape") instanceof List<?> lengths)
        || !lengths.stream().allMatch(length -> length instanceof Long n && n >= 0)) {
      throw new IOException(
          "the header behind byte "
              + offset
              + ": found "
              + text.strip()
              + ", expected a bool as fortran_order and a tuple of whole numbers as shape");
    }
    long[] shape = lengths.stream().mapToLong(length -> (Long) length).toArray();
    return new NpyHeader(NpyType.of(dict.get("descr")), fortran, shape, bytes);
  }

  /**
   * How many items there are.
   *
   * @throws IOException if their bytes are more than any file has
   */
  public long items() throws IOException {
    try {
      long items = 1;
      for (long length : shape) {
        // A length of 0 makes up for no overflow before it.
        items = Math.multiplyExact(items, length);
      }
      Math.multiplyExact(items, Math.max(1, type.itemBytes()));
      return items;
    } catch (ArithmeticException e) {
      throw new IOException("an array too large to read: of shape " + shapeText(), e);
    }
  }

  /** The shape as Python writes it, such as {@code (150, 4)}. */
  public String shapeText() {
    StringJoiner text = new StringJoiner(", ", "(", shape.length == 1 ? ",)" : ")");
    for (long length : shape) {
      text.add(Long.toString(length));
    }
    return text.toString();
  }
}
