package dev.onehot.data.text;

import dev.onehot.data.ClassLabels;
import java.util.Arrays;

/** Labels as they stand in a file, in their canonical form. It remembers some that it has seen. */
public final class LabelTexts {

  private static final int REMEMBERED = 1 << 10;

  private final byte[][] written = new byte[REMEMBERED][];
  private final String[] canonical = new String[REMEMBERED];

  /**
   * The label that the bytes {@code start} to {@code end − 1} are, as {@link ClassLabels#canonical}
   * has it; null if they are not UTF-8.
   */
  public String of(byte[] bytes, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 16) & REMEMBERED - 1;
    byte[] known = written[slot];
    if (known == null || !Arrays.equals(known, 0, known.length, bytes, start, end)) {
      String text = Utf8.text(bytes, start, end);
      if (text == null) {
        return null;
      }
      written[slot] = Arrays.copyOfRange(bytes, start, end);
      canonical[slot] = ClassLabels.canonical(text);
    }
    return canonical[slot];
  }
}
