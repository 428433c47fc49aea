package dev.onehot.data.idx;

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

  int headerBytes() {
    return headerBytes;
  }

  /** The content of a file of this kind, for messages. */
  @Override
  public String toString() {
    return plural;
  }

  /** Describes a file by its magic number, for messages. */
  static String describe(int magic) {
    for (IdxKind kind : values()) {
      if (kind.magic == magic) {
        return "an IDX file of " + kind;
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
    return type == null
        ? "not an IDX file"
        : "a %d-dimensional IDX file of %s".formatted(magic & 0xFF, type);
  }
}
