package dev.onehot.cli;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import scala.Tuple2;

/** Says which setting is wrong when Spark refuses to start. */
final class SparkRefusal {

  private static final Pattern KEY = Pattern.compile("\\bspark\\.[A-Za-z][A-Za-z0-9.]+");
  private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']+)[\"']");
  private static final Pattern MEMORY = Pattern.compile("INVALID_(DRIVER|EXECUTOR)_MEMORY");

  private SparkRefusal() {}

  /**
   * The failure for the user.
   *
   * @param failure what Spark's context threw
   * @return empty if it has nothing to do with a setting
   */
  static Optional<InvalidSettingsException> of(Exception failure, SparkConf conf) {
    Throwable cause = failure;
    while (cause.getCause() != null && !KEY.matcher(String.valueOf(cause.getMessage())).find()) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    Matcher memory = MEMORY.matcher(message);
    if (memory.find()) {
      String setting = memory.group(1).equals("DRIVER") ? "driver-memory" : "executor-memory";
      return refusal(reason(message) + "; raise " + SettingNames.mark(setting), failure);
    }
    if (KEY.matcher(message).find()) {
      return refusal(reason(message), failure);
    }
    String keys = keysWithValueOf(cause, conf);
    if (!keys.isEmpty()) {
      return refusal(
          String.format(Locale.ROOT, "%s: %s: %s", keys, cause.getClass().getSimpleName(), message),
          failure);
    }
    boolean about = cause instanceof IllegalArgumentException || cause instanceof SparkException;
    return about
        ? refusal(
            String.format(
                Locale.ROOT,
                "%s (spark.master is %s)",
                reason(message),
                conf.get("spark.master", "not set")),
            failure)
        : Optional.empty();
  }

  private static Optional<InvalidSettingsException> refusal(String problem, Exception failure) {
    return Optional.of(new InvalidSettingsException("Spark does not start: " + problem, failure));
  }

  /** The settings whose value the message is, or quotes; empty if there are none. */
  private static String keysWithValueOf(Throwable cause, SparkConf conf) {
    String message = String.valueOf(cause.getMessage());
    Matcher quoted = QUOTED.matcher(message);
    String value = quoted.find() ? quoted.group(1) : message;
    TreeSet<String> keys = new TreeSet<>();
    for (Tuple2<String, String> setting : conf.getAll()) {
      String given = setting._2();
      if (!given.isBlank() && (given.contains(value) || isFile(cause) && message.contains(given))) {
        keys.add(setting._1());
      }
    }
    if (keys.isEmpty() && isFile(cause) && conf.getBoolean("spark.eventLog.enabled", false)) {
      keys.add("spark.eventLog.dir");
    }
    keys.removeAll(List.of("spark.app.name", "spark.jars", "spark.master"));
    return String.join(", ", keys);
  }

  private static boolean isFile(Throwable cause) {
    return cause instanceof IOException;
  }

  /** The first line of a message of Spark's, without its error class and SQL state. */
  static String reason(String message) {
    return String.valueOf(message)
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^\\[[A-Z_.]+] ", "")
        .replaceFirst(" SQLSTATE: \\w+$", "")
        .replaceFirst("\\.$", "");
  }
}
