package dev.onehot.job;

import dev.onehot.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that holds its own SHA-256, so that any change of it is found. The SHA-256 is that of the
 * text with zeros in its place. It finds mistakes; whoever wants to deceive can compute it anew.
 */
final class Seal {

  private static final String NONE = "0".repeat(64);

  private Seal() {}

  /**
   * Fills in the SHA-256.
   *
   * @param name the name of the JSON member that is to hold it, with {@link #NONE} as its value
   */
  static String sealed(String json, String name) {
    String member = member(name, NONE);
    if (!json.contains(member)) {
      throw new IllegalArgumentException("there is no place for the seal: " + member);
    }
    return json.replace(member, member(name, of(json)));
  }

  /** The value of the member before the text is sealed. */
  static String none() {
    return NONE;
  }

  /** Whether a text is as it was sealed. */
  static boolean holds(String json, String name) {
    Matcher found =
        Pattern.compile(Pattern.quote("\"" + name + "\": \"") + "([0-9a-f]{64})\"").matcher(json);
    return found.find()
        && of(json.replace(found.group(), member(name, NONE))).equals(found.group(1));
  }

  private static String of(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String member(String name, String value) {
    return String.format(Locale.ROOT, "\"%s\": \"%s\"", name, value);
  }
}
