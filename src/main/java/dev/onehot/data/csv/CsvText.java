package dev.onehot.data.csv;

import dev.onehot.data.ClassLabels;
import dev.onehot.data.text.DecimalParser;
import dev.onehot.data.text.MissingTokens;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What kind of text a field of a sample is. */
enum CsvText {
  MISSING,
  WHOLE,
  REAL,
  TEXT;

  private static final Pattern INFINITE =
      Pattern.compile("[+-]?inf(inity)?", Pattern.CASE_INSENSITIVE);

  /**
   * The kind of a field, without outer spaces. A number with a decimal comma cannot be read, but
   * tells as much of its column as any other number.
   */
  static CsvText of(String field) {
    byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
    if (MissingTokens.isMissing(bytes, 0, bytes.length)) {
      return MISSING;
    }
    if (ClassLabels.isWhole(field)) {
      return WHOLE;
    }
    boolean number =
        !Double.isNaN(DecimalParser.parse(bytes, 0, bytes.length))
            || DecimalParser.hasDecimalComma(bytes, 0, bytes.length);
    return number || INFINITE.matcher(field).matches() ? REAL : TEXT;
  }

  /** Whether the bytes {@code start} to {@code end − 1} say infinite in words. */
  static boolean isInfinite(byte[] bytes, int start, int end) {
    return INFINITE
        .matcher(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1))
        .matches();
  }

  boolean isNumber() {
    return this == WHOLE || this == REAL;
  }
}
