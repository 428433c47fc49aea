package dev.onehot.failure;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of settings in messages. A room that speaks of a setting marks its name, as in {@code lower
 * ⟨learning-rate⟩}. Whoever shows the message writes the name as its readers know it: the command
 * line as an option, Java as it is.
 */
public final class SettingNames {

  private static final Pattern MARKED = Pattern.compile("⟨([a-zA-Z0-9 -]+)⟩");

  private SettingNames() {}

  /** A name as it stands in messages. */
  public static String mark(String name) {
    return "⟨" + name + "⟩";
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
    return MARKED
        .matcher(message)
        .replaceAll(found -> Matcher.quoteReplacement(written.apply(found.group(1))));
  }
}
