package dev.onehot.data.text;

/** What stands in a file where a value is missing: nothing, NA, NaN, null or ?, in any case. */
public final class MissingTokens {

  private MissingTokens() {}

  /** Whether the bytes {@code start} to {@code end − 1} say that a value is missing. */
  public static boolean isMissing(byte[] bytes, int start, int end) {
    return switch (end - start) {
      case 0 -> true;
      case 1 -> bytes[start] == '?';
      case 2 -> is(bytes, start, "na");
      case 3 -> is(bytes, start, "nan");
      case 4 -> is(bytes, start, "null");
      default -> false;
    };
  }

  private static boolean is(byte[] bytes, int start, String lowerCase) {
    for (int i = 0; i < lowerCase.length(); i++) {
      int letter = bytes[start + i] | 0x20;
      if (letter != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
