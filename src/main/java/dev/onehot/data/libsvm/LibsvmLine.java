package dev.onehot.data.libsvm;

/** How a line begins: nothing but a comment, a label, or an index. */
final class LibsvmLine {

  private final byte[] bytes;
  private final int tokenStart;
  private final int tokenEnd;

  /** The line of the bytes {@code start} to {@code end − 1}. */
  LibsvmLine(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.tokenStart = skipSpaces(bytes, start, end);
    this.tokenEnd = tokenEnd(bytes, tokenStart, end);
  }

  /** Whether the line holds more than spaces and a comment. */
  boolean isRow() {
    return tokenEnd > tokenStart;
  }

  /** Whether a row has no label: it begins with {@code index:value}. */
  boolean beginsWithIndex() {
    int i = tokenStart;
    while (i < tokenEnd && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i > tokenStart && i < tokenEnd && bytes[i] == ':';
  }

  /** Where the first label or index begins. */
  int tokenStart() {
    return tokenStart;
  }

  /** Where it ends. */
  int tokenEnd() {
    return tokenEnd;
  }

  static int skipSpaces(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }

  /** Where a token ends: at a space, at a comment or at the end of the line. */
  static int tokenEnd(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '#') {
      i++;
    }
    return i;
  }
}
