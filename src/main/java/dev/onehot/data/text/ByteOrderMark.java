package dev.onehot.data.text;

import dev.onehot.failure.InputException;
import java.util.Locale;

/** Tells by its first bytes whether a file may be text in UTF-8. */
final class ByteOrderMark {

  private ByteOrderMark() {}

  /**
   * The length of the byte order mark of UTF-8: 3, or 0 if there is none.
   *
   * @param head the first bytes of the file
   * @param file its name, for messages
   * @throws InputException if they are text in UTF-16 or UTF-32, or no text
   */
  static int utf8Bytes(byte[] head, String file) {
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      requireText(head, file);
      return 3;
    }
    if (startsWith(head, 0xFF, 0xFE, 0, 0) || startsWith(head, 0, 0, 0xFE, 0xFF)) {
      throw otherEncoding(file, "UTF-32");
    }
    if (startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF)) {
      throw otherEncoding(file, "UTF-16");
    }
    requireText(head, file);
    return 0;
  }

  private static boolean startsWith(byte[] head, int... mark) {
    if (head.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if (Byte.toUnsignedInt(head[i]) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** Text has no byte 0, but in UTF-16 without a mark every second byte of most texts is one. */
  private static void requireText(byte[] head, String file) {
    int[] zeros = new int[2];
    for (int i = 0; i < head.length; i++) {
      zeros[i % 2] += head[i] == 0 ? 1 : 0;
    }
    int pairs = head.length / 2;
    if (pairs > 0 && Math.max(zeros[0], zeros[1]) == pairs && Math.min(zeros[0], zeros[1]) == 0) {
      throw otherEncoding(file, "UTF-16");
    }
    if (zeros[0] + zeros[1] > 0) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: found bytes of no text, expected text in UTF-8", file));
    }
  }

  private static InputException otherEncoding(String file, String encoding) {
    return new InputException(
        String.format(
            Locale.ROOT,
            "%s: found text in %s, expected UTF-8; convert it, as by iconv -f %s -t UTF-8",
            file,
            encoding,
            encoding));
  }
}
