package dev.onehot.failure;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of settings in messages. A room that speaks of a setting marks its name in the pattern of
 * the message, as in {@code lower ⟨learning-rate⟩ (now %s)}. Whoever shows the message writes the
 * name as its readers know it: the command line as an option, Java as it is.
 *
 * <p>In a finished message other characters stand for the brackets, which Unicode keeps for uses
 * within programs. So brackets in the name of a file are never taken for marks.
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
   * @param pattern as of {@link String#format}; names of settings stand in ⟨ and ⟩
   * @param values are written the English way
   */
  public static String format(String pattern, Object... values) {
    String marked =
        IN_PATTERN
            .matcher(pattern)
            .replaceAll(found -> Matcher.quoteReplacement(mark(found.group(1))));
    return String.format(Locale.ROOT, marked, values);
  }

  /** A name as it stands in messages. */
  public static String mark(String name) {
    return BEGIN + name + END;
  }

  /** The message with its settings' names as they are. */
  public static String plain(String message) {
    return replace(message, UnaryOperator.identity());
  }

  /**
   * The message with its settings' names written otherwise.
   *
   * @param written how a name is written, such as {@code --learning-rate} for {@code learning-rate}
   */
  public static String replace(String message, UnaryOperator<String> written) {
    return IN_MESSAGE
        .matcher(message)
        .replaceAll(found -> Matcher.quoteReplacement(written.apply(found.group(1))));
  }
}
