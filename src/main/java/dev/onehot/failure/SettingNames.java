package dev.onehot.failure;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of settings in messages. The pattern of a message marks the name of a setting, as in {@code
 * lower ⟨learning-rate⟩ (now %s)}. The code that shows the message writes the name as its readers
 * know it: the command line writes an option, a Java program the plain name.
 *
 * <p>A finished message has other characters in place of the brackets. Unicode reserves these for
 * uses within programs, so brackets in the name of a file are never taken for marks.
 */
public final class SettingNames {

  private static final Pattern IN_PATTERN = Pattern.compile("⟨([^⟨⟩]+)⟩");

  /** Unicode's interlinear annotation anchor and terminator. */
  private static final char BEGIN = '\uFFF9';

  private static final char END = '\uFFFB';

  private static final Pattern IN_MESSAGE =
      Pattern.compile(BEGIN + "([^" + BEGIN + END + "]+)" + END);

  private SettingNames() {}

  /**
   * Makes a message.
   *
   * @param pattern a {@link String#format} pattern; names of settings stand in ⟨ and ⟩
   * @param values the pattern's values; numbers are written in the English way
   */
  public static String format(String pattern, Object... values) {
    String marked =
        IN_PATTERN
            .matcher(pattern)
            .replaceAll(found -> Matcher.quoteReplacement(mark(found.group(1))));
    return String.format(Locale.ROOT, marked, values);
  }

  /** A name, marked for a message. */
  public static String mark(String name) {
    return BEGIN + name + END;
  }

  /** The message with plain names in place of the marked ones. */
  public static String plain(String message) {
    return replace(message, UnaryOperator.identity());
  }

  /**
   * The message with each marked name replaced.
   *
   * @param written gives the replacement of a name, such as {@code --learning-rate} for {@code
   *     learning-rate}
   */
  public static String replace(String message, UnaryOperator<String> written) {
    return IN_MESSAGE
        .matcher(message)
        .replaceAll(found -> Matcher.quoteReplacement(written.apply(found.group(1))));
  }
}
