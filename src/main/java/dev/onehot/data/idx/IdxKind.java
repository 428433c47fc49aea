package dev.onehot.data.idx;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The two kinds of IDX file: a magic number, big-endian dimensions, then the unsigned bytes. */
enum IdxKind {
  /** {@code magic, rows, height, width}, then {@code rows × height × width} bytes. */
  IMAGES(0x00000803, 16, "images"),
  /** {@code magic, rows}, then one byte for each row. */
  LABELS(0x00000801, 8, "labels");

  private final int magic;
  private final int headerBytes;
  private final String plural;

  IdxKind(int magic, int headerBytes, String plural) {
    this.magic = magic;
    this.headerBytes = headerBytes;
    this.plural = plural;
  }

  int magic() {
    return magic;
  }

  /** Whether the first bytes of a header are this kind's, as far as there are any. */
  boolean beginsLike(byte[] header, int length) {
    byte[] begin = ByteBuffer.allocate(Integer.BYTES).putInt(magic).array();
    int compared = Math.min(length, begin.length);
    return Arrays.equals(header, 0, compared, begin, 0, compared);
  }

  int headerBytes() {
    return headerBytes;
  }

  /** The content of a file of this kind, for messages. */
  @Override
  public String toString() {
    return plural;
  }

  /** Describes an IDX file by its magic number, for messages; empty if it is none of IDX. */
  static Optional<String> describe(int magic) {
    for (IdxKind kind : values()) {
      if (kind.magic == magic) {
        return Optional.of("an IDX file of " + kind);
      }
      if (kind.magic == Integer.reverseBytes(magic)) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "an IDX file of %s in little-endian order (IDX has the high byte first)",
                kind));
      }
    }
    String type =
        switch (magic >>> 8) {
          case 0x08 -> "unsigned bytes";
          case 0x09 -> "signed bytes";
          case 0x0B -> "16-bit integers";
          case 0x0C -> "32-bit integers";
          case 0x0D -> "32-bit floats";
          case 0x0E -> "64-bit floats";
          default -> null;
        };
    return Optional.ofNullable(type)
        .map(
            known ->
                String.format(Locale.ROOT, "a %d-dimensional IDX file of %s", magic & 0xFF, known));
  }
}
