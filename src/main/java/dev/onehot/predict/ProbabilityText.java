package dev.onehot.predict;

/**
 * Probabilities as decimal text: up to 12 digits after the point, rounded half to even, without
 * zeros at the end. The text of a double is the same on every Java, unlike that of {@link
 * Double#toString(double)}, which has changed in Java 19.
 */
final class ProbabilityText {

  /** The most bytes of a text. */
  static final int MOST_BYTES = 14;

  private static final int DIGITS = 12;

  /** Ten to the power of {@link #DIGITS}; exact as a double. */
  private static final long UNITS = 1_000_000_000_000L;

  /** The two digits of 0 to 99. */
  private static final byte[] PAIRS = new byte[200];

  static {
    for (int n = 0; n < 100; n++) {
      PAIRS[2 * n] = (byte) ('0' + n / 10);
      PAIRS[2 * n + 1] = (byte) ('0' + n % 10);
    }
  }

  private ProbabilityText() {}

  /**
   * The number of trillionths next to a probability.
   *
   * @param probability from 0 to 1
   */
  static long trillionths(double probability) {
    double product = probability * UNITS;
    // The exact product is the rounded one and this rest.
    double rest = Math.fma(probability, UNITS, -product);
    long whole = (long) product;
    double aboveHalf = product - whole - 0.5;
    // Both are multiples of the product's last bit, and the rest is at most half of it. So the
    // rest decides only if the product is right between two numbers.
    boolean up = aboveHalf > 0 || aboveHalf == 0 && (rest > 0 || rest == 0 && (whole & 1) == 1);
    return up ? whole + 1 : whole;
  }

  /**
   * Writes a probability.
   *
   * @param probability from 0 to 1
   * @param into has room for {@link #MOST_BYTES} from {@code at}
   * @return the index after the text
   */
  static int write(double probability, byte[] into, int at) {
    long number = trillionths(probability);
    if (number == 0 || number == UNITS) {
      into[at] = (byte) (number == 0 ? '0' : '1');
      return at + 1;
    }
    into[at] = '0';
    into[at + 1] = '.';
    int first = at + 2;
    int high = (int) (number / 1_000_000);
    writeSix(high, into, first);
    writeSix((int) (number - high * 1_000_000L), into, first + DIGITS / 2);
    int end = first + DIGITS;
    while (into[end - 1] == '0') {
      end--;
    }
    return end;
  }

  private static void writeSix(int number, byte[] into, int at) {
    int high = number / 10_000;
    int middle = number / 100 - high * 100;
    writePair(high, into, at);
    writePair(middle, into, at + 2);
    writePair(number - number / 100 * 100, into, at + 4);
  }

  private static void writePair(int number, byte[] into, int at) {
    into[at] = PAIRS[2 * number];
    into[at + 1] = PAIRS[2 * number + 1];
  }
}
