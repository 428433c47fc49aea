package dev.onehot.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps secrets out of what is written and shown. */
public final class Redaction {

  /** Stands where a secret stood; Spark's own. */
  static final String REDACTED = "*********(redacted)";

  /** {@code user:password@} behind a URI's slashes; an Azure {@code container@account} is none. */
  private static final String USER_INFO = "://[^/@\\s]*:[^/\\s]*@";

  /**
   * Keys and values that hold secrets: Spark's default of {@code spark.redaction.regex}, and URIs
   * with a password in them.
   */
  public static final String DEFAULT_REGEX = "(?i)secret|password|token|access[.]?key|" + USER_INFO;

  /** Spark's setting that holds such a pattern. */
  public static final String SPARK_SETTING = "spark.redaction.regex";

  private static final Pattern USER_INFO_PATTERN = Pattern.compile(USER_INFO);

  /** A signature or the like in a URI's query. */
  private static final Pattern QUERY =
      Pattern.compile(
          "(?i)([?&][^=&\\s]*(?:secret|password|token|access[.]?key|sig|credential)[^=&\\s]*=)[^&\\s]+");

  private final Pattern pattern;

  /**
   * @param regex finds keys and values that are to be hidden, like {@code spark.redaction.regex}
   */
  public Redaction(String regex) {
    pattern = Pattern.compile(regex);
  }

  /** What may be recorded of a setting's value. */
  public String value(String key, String value) {
    String visible = uris(value);
    return pattern.matcher(key).find() || pattern.matcher(visible).find() ? REDACTED : visible;
  }

  /** The text without the passwords of any URI in it. */
  public static String uris(String text) {
    String visible =
        USER_INFO_PATTERN
            .matcher(text)
            .replaceAll(Matcher.quoteReplacement("://" + REDACTED + "@"));
    return QUERY.matcher(visible).replaceAll("$1" + Matcher.quoteReplacement(REDACTED));
  }
}
