package dev.onehot.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy file, of any version: how the numbers behind it are stored.
 *
 * @param order the order of a number's bytes
 * @param numberBytes 8 for float64, 4 for float32
 * @param fortran whether the first index varies fastest, and not the last
 * @param shape the length of each dimension
 */
record NpyHeader(ByteOrder order, int numberBytes, boolean fortran, int[] shape) {

  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<>=])f([48])'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9L, ]*)\\)");

  /**
   * Reads a header, up to the first number.
   *
   * @throws IOException if there is none, or one of numbers that are neither float64 nor float32
   */
  static NpyHeader read(InputStream in) throws IOException {
    byte[] start = bytes(in, MAGIC.length + 2);
    if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("no .npy file: it starts with other bytes");
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3) {
      throw new IOException("an .npy file of version " + version + ", where 1 to 3 are known");
    }
    ByteBuffer length =
        ByteBuffer.wrap(bytes(in, version == 1 ? Short.BYTES : Integer.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    int bytes = version == 1 ? length.getShort() & 0xFFFF : length.getInt();
    if (bytes < 0 || bytes > MOST_BYTES) {
      throw new IOException("a header of " + Integer.toUnsignedString(bytes) + " bytes");
    }
    return parse(new String(bytes(in, bytes), StandardCharsets.UTF_8));
  }

  private static NpyHeader parse(String text) throws IOException {
    Matcher type = TYPE.matcher(text);
    Matcher fortran = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!type.find() || !fortran.find() || !shape.find()) {
      throw new IOException("no array of float64 or float32: " + text.strip());
    }
    ByteOrder order =
        switch (type.group(1)) {
          case "<" -> ByteOrder.LITTLE_ENDIAN;
          case ">" -> ByteOrder.BIG_ENDIAN;
          default -> ByteOrder.nativeOrder();
        };
    try {
      return new NpyHeader(
          order,
          Integer.parseInt(type.group(2)),
          fortran.group(1).equals("True"),
          Arrays.stream(shape.group(1).split(","))
              .map(length -> length.replace("L", "").strip())
              .filter(length -> !length.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray());
    } catch (NumberFormatException e) {
      throw new IOException("an array too large to read: " + text.strip(), e);
    }
  }

  /**
   * How many numbers there are.
   *
   * @throws IOException if their bytes don't fit in one Java array
   */
  int size() throws IOException {
    long size = 1;
    for (int length : shape) {
      size *= length;
      if (size > Integer.MAX_VALUE / numberBytes) {
        throw new IOException("an array too large to read: of shape " + Arrays.toString(shape));
      }
    }
    return (int) size;
  }

  /** Reads that many bytes. */
  static byte[] bytes(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw endsEarly(length - bytes.length);
    }
    return bytes;
  }

  static EOFException endsEarly(long missing) {
    return new EOFException("ends early: " + missing + " bytes missing");
  }
}
