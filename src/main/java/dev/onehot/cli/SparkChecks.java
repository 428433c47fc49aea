package dev.onehot.cli;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.UI$;
import scala.Tuple2;

/**
 * Checks what Spark needs before it starts. Spark itself ends the process, without a reason for the
 * user, if it finds no folder for its files.
 */
final class SparkChecks {

  private static final int LEAST_PORT = 1024;

  private final SparkConf conf;
  private final Map<String, String> environment;

  SparkChecks(SparkConf conf, Map<String, String> environment) {
    this.conf = conf;
    this.environment = environment;
  }

  /**
   * Makes sure that Spark can read the values of its own settings.
   *
   * @throws InvalidSettingsException with all keys whose values are wrong
   */
  void requireReadableSettings() {
    // Spark knows the keys of a class once it is initialized.
    Objects.requireNonNull(UI$.MODULE$);
    Problems problems = new Problems();
    Map<String, String> settings = new TreeMap<>();
    for (Tuple2<String, String> setting : conf.getAll()) {
      settings.put(setting._1(), setting._2());
    }
    settings.forEach(
        (key, value) -> {
          ConfigEntry<?> entry = ConfigEntry.findEntry(key);
          if (entry != null) {
            try {
              conf.get(entry);
            } catch (IllegalArgumentException e) {
              problems.require(
                  false, "%s is %s: %s", key, value, SparkRefusal.reason(e.getMessage()));
            }
          }
        });
    int port = number(UiPorts.UI_PORT, 0);
    problems
        .require(
            number(UiPorts.RETRIES, -1) >= 0 || !conf.contains(UiPorts.RETRIES),
            "%s must be a number of 0 or more, not %s",
            UiPorts.RETRIES,
            conf.get(UiPorts.RETRIES, ""))
        .require(
            port == 0 || port >= LEAST_PORT && port < UiPorts.PORTS,
            "%s must be 0 or %d to %d, not %d",
            UiPorts.UI_PORT,
            LEAST_PORT,
            UiPorts.PORTS - 1,
            port)
        .throwIfAny();
  }

  private int number(String key, int otherwise) {
    try {
      return conf.getInt(key, otherwise);
    } catch (IllegalArgumentException e) {
      return otherwise;
    }
  }

  /**
   * Makes sure that Spark can write its temporary files somewhere.
   *
   * @throws InvalidSettingsException if none of the folders can be written
   */
  void requireLocalFolder() {
    String setting = PrivateFolders.VARIABLE;
    String folders = environment.get(setting);
    if (environment.containsKey("CONTAINER_ID") || environment.containsKey("SPARK_EXECUTOR_DIRS")) {
      // YARN and standalone workers give their own folders.
      return;
    }
    if (folders == null) {
      setting = PrivateFolders.SETTING;
      folders = conf.get(setting, System.getProperty("java.io.tmpdir"));
    }
    String reason = "none is named";
    for (String folder : folders.split(",")) {
      try {
        Path made = Files.createDirectories(Path.of(folder.strip()));
        Files.delete(Files.createTempDirectory(made, "onehot"));
        return;
      } catch (IOException | InvalidPathException e) {
        reason = e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
      }
    }
    throw new InvalidSettingsException(
        String.format(
            Locale.ROOT,
            "%s %s: Spark's temporary files cannot be written there (%s); set it to a directory that can be written",
            setting,
            folders,
            reason));
  }
}
