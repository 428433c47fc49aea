package dev.onehot.data.idx;

/** What a file is read for. The numbers behind a name are those of MNIST's own files. */
enum IdxKind {
  /** Features: {@code magic, rows, height, width}, then {@code rows × height × width} bytes. */
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

  /** How MNIST's files begin. */
  int magic() {
    return magic;
  }

  /** The length of the header of MNIST's files. */
  int headerBytes() {
    return headerBytes;
  }

  /** The content of a file of this kind, for messages. */
  @Override
  public String toString() {
    return plural;
  }
}
