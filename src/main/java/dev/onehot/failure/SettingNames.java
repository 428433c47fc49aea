package dev.onehot.failure;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of settings in messages. A message marks the name of a setting, as in {@code lower
 * ⟨learning-rate⟩}. The code that shows the message writes the name as its readers know it: the
 * command line writes an option, a Java program the plain name.
 */
public final class SettingNames {

  private static final Pattern MARKED = Pattern.compile("⟨([a-zA-Z0-9 -]+)⟩");

  private SettingNames() {}

  /** A name, marked for a message. */
  public static String mark(String name) {
    return "⟨" + name + "⟩";
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
    return MARKED
        .matcher(message)
        .replaceAll(found -> Matcher.quoteReplacement(written.apply(found.group(1))));
  }
}
