package dev.onehot.data.csv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Counts quotes, eight bytes at a time, and says which of them stand where none may. */
final class Quotes {

  static final byte QUOTE = '"';

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final long QUOTES = QUOTE * 0x0101010101010101L;

  private Quotes() {}

  /** How many of the bytes {@code from} to {@code to − 1} are quotes. */
  static int count(byte[] bytes, int from, int to) {
    int count = 0;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long other = (long) LONGS.get(bytes, i) ^ QUOTES;
      // No carry leaves a byte, so exactly the bytes that are 0 have no high bit here.
      long zeros = ~((other & LOW_BITS) + LOW_BITS | other | LOW_BITS);
      if (zeros != 0) {
        count += Long.bitCount(zeros);
      }
    }
    for (; i < to; i++) {
      count += bytes[i] == QUOTE ? 1 : 0;
    }
    return count;
  }

  /**
   * A fault in the quotes of a record.
   *
   * @param column the column, from 0
   * @param found what is wrong with it
   */
  record Fault(int column, String found) {

    /** What takes the place of any fault. */
    static final String EXPECTED = "quotes around whole fields, and two for each quote within";
  }

  /** The first fault in the quotes of the record of so many bytes; null if there is none. */
  static Fault fault(byte[] bytes, int start, int end, byte delimiter) {
    int column = 0;
    int i = start;
    while (true) {
      if (i < end && bytes[i] == QUOTE) {
        int from = i;
        i = closing(bytes, i + 1, end);
        if (i == end) {
          return new Fault(column, "a quote that isn't closed");
        }
        i++;
        if (i < end && bytes[i] != delimiter) {
          return new Fault(
              column,
              hasBreak(bytes, from, i)
                  ? "a quote that isn't closed on its line"
                  : "text behind a closing quote");
        }
      } else {
        while (i < end && bytes[i] != delimiter) {
          if (bytes[i] == QUOTE) {
            return new Fault(column, "a quote in a field that doesn't begin with one");
          }
          i++;
        }
      }
      if (i == end) {
        return null;
      }
      i++;
      column++;
    }
  }

  /** The quote that closes a field; {@code end} if there is none. */
  private static int closing(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end) {
      if (bytes[i] != QUOTE) {
        i++;
      } else if (i + 1 < end && bytes[i + 1] == QUOTE) {
        i += 2;
      } else {
        return i;
      }
    }
    return end;
  }

  private static boolean hasBreak(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return true;
      }
    }
    return false;
  }
}
