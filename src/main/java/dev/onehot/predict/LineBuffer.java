package dev.onehot.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Bytes of text that grow, and are written all at once. */
final class LineBuffer {

  private static final int MOST_DIGITS = 19;

  private byte[] bytes = new byte[1 << 14];
  private int length;

  void append(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  /** Appends a number that is not negative. */
  void append(long number) {
    reserve(MOST_DIGITS);
    int end = length + 1;
    for (long left = number / 10; left > 0; left /= 10) {
      end++;
    }
    long left = number;
    for (int at = end - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + left % 10);
      left /= 10;
    }
    length = end;
  }

  /** Appends a number from 0 to 1. */
  void appendProbability(double probability) {
    reserve(ProbabilityText.MOST_BYTES);
    length = ProbabilityText.write(probability, bytes, length);
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + more);
    }
  }

  /** Writes all bytes, and is empty then. */
  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }
}
