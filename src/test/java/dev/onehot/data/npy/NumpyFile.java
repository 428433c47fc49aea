package dev.onehot.data.npy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files as NumPy writes them. */
final class NumpyFile {

  private NumpyFile() {}

  /** An {@code .npy} file of version 1. */
  static byte[] npy(String type, boolean fortran, String shape, byte[] items) {
    String header =
        "{'descr': "
            + (type.startsWith("[") ? type : "'" + type + "'")
            + ", 'fortran_order': "
            + (fortran ? "True" : "False")
            + ", 'shape': "
            + shape
            + ", }";
    header += " ".repeat((64 - (11 + header.length()) % 64) % 64) + "\n";
    ByteBuffer file =
        ByteBuffer.allocate(10 + header.length() + items.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) 1).put((byte) 0).putShort((short) header.length());
    return file.put(header.getBytes(StandardCharsets.US_ASCII)).put(items).array();
  }

  /** Bytes in C order. */
  static byte[] bytes(String shape, int... values) {
    byte[] items = new byte[values.length];
    for (int i = 0; i < items.length; i++) {
      items[i] = (byte) values[i];
    }
    return npy("|u1", false, shape, items);
  }

  /** Numbers of float64 in C order. */
  static byte[] doubles(String shape, double... values) {
    ByteBuffer items =
        ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      items.putDouble(value);
    }
    return npy("<f8", false, shape, items.array());
  }

  /** Texts of so many characters at the most. */
  static byte[] texts(int characters, String... values) throws IOException {
    ByteArrayOutputStream items = new ByteArrayOutputStream();
    for (String value : values) {
      items.write(value.getBytes("UTF-32LE"));
      items.write(new byte[4 * (characters - value.codePointCount(0, value.length()))]);
    }
    return npy("<U" + characters, false, "(" + values.length + ",)", items.toByteArray());
  }

  /**
   * An archive.
   *
   * @param packed as {@code np.savez_compressed} writes it, and not {@code np.savez}
   * @param arrays the entries by their names
   */
  static byte[] npz(boolean packed, Map<String, byte[]> arrays) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
        ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
        if (!packed) {
          CRC32 crc = new CRC32();
          crc.update(array.getValue());
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(array.getValue().length);
          entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(array.getValue());
      }
    }
    return bytes.toByteArray();
  }
}
