package dev.onehot.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides secrets in texts that are written or shown. */
public final class Redaction {

  /** The text that replaces a secret, the same as Spark's. */
  public static final String REDACTED = "*********(redacted)";

  /**
   * {@code user:password@} after the slashes of a URI. Azure's {@code container@account} does not
   * match.
   */
  private static final String USER_INFO = "://[^/@\\s]*:[^/\\s]*@";

  /**
   * Finds keys and values that hold secrets: Spark's default of {@code spark.redaction.regex}, and
   * URIs that hold a password.
   */
  public static final String DEFAULT_REGEX = "(?i)secret|password|token|access[.]?key|" + USER_INFO;

  /** The Spark setting with the pattern for secrets. */
  public static final String SPARK_SETTING = "spark.redaction.regex";

  private static final Pattern USER_INFO_PATTERN = Pattern.compile(USER_INFO);

  /** A secret in a URI's query, such as a signature. */
  private static final Pattern QUERY =
      Pattern.compile(
          "(?i)([?&][^=&\\s]*(?:secret|password|token|access[.]?key|sig|credential)[^=&\\s]*=)[^&\\s]+");

  private final Pattern pattern;

  /**
   * @param regex finds keys and values to hide, like {@code spark.redaction.regex}
   */
  public Redaction(String regex) {
    pattern = Pattern.compile(regex);
  }

  /** A setting's value, without secrets. */
  public String value(String key, String value) {
    String visible = uris(value);
    return pattern.matcher(key).find() || pattern.matcher(visible).find() ? REDACTED : visible;
  }

  /** The text without the secrets of URIs in it. */
  public static String uris(String text) {
    String visible =
        USER_INFO_PATTERN
            .matcher(text)
            .replaceAll(Matcher.quoteReplacement("://" + REDACTED + "@"));
    return QUERY.matcher(visible).replaceAll("$1" + Matcher.quoteReplacement(REDACTED));
  }
}
