package dev.onehot.data.idx;

import dev.onehot.data.Gzip;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Writes IDX files of any type and shape. */
final class IdxBytes {

  private IdxBytes() {}

  /** A file's bytes; the first size counts rows. */
  static byte[] of(IdxType type, int[] sizes, double... values) {
    int code = 0;
    while (!IdxType.of(code).equals(Optional.of(type))) {
      code++;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(4 + 4 * sizes.length + values.length * type.bytes())
            .putInt(code << 8 | sizes.length);
    Arrays.stream(sizes).forEach(bytes::putInt);
    for (double value : values) {
      switch (type) {
        case UBYTE, BYTE -> bytes.put((byte) (int) value);
        case SHORT -> bytes.putShort((short) value);
        case INT -> bytes.putInt((int) value);
        case FLOAT -> bytes.putFloat((float) value);
        case DOUBLE -> bytes.putDouble(value);
      }
    }
    return bytes.array();
  }

  /** Writes a file, compressed if it is named so. */
  static org.apache.hadoop.fs.Path write(
      Path folder, String name, IdxType type, int[] sizes, double... values) throws IOException {
    byte[] bytes = of(type, sizes, values);
    Files.write(folder.resolve(name), name.endsWith(".gz") ? Gzip.compressed(bytes) : bytes);
    return path(folder, name);
  }

  static org.apache.hadoop.fs.Path path(Path folder, String name) {
    return new org.apache.hadoop.fs.Path(folder.toString(), name);
  }
}
