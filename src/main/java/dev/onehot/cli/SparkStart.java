package dev.onehot.cli;

import dev.onehot.report.Console;
import dev.onehot.report.Redaction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Starts Spark with the settings from spark-submit. */
final class SparkStart {

  private static final String AUTHENTICATION_SECRET = "spark.authenticate.secret";

  /** Where a standalone worker puts the secret for the drivers that it starts. */
  private static final String SECRET_OF_WORKER = "_SPARK_AUTH_SECRET";

  private SparkStart() {}

  /**
   * Hadoop's configuration with the settings {@code spark.hadoop.*} from spark-submit, as Spark's
   * context would have it. Does not start Spark.
   */
  static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  /**
   * Starts Spark.
   *
   * @param console gets warnings
   * @throws dev.onehot.failure.InvalidSettingsException if Spark refuses its settings
   */
  static StartedSpark start(String command, Console console) {
    SparkConf conf =
        LocalModeConf.onLoopback(new SparkConf())
            // Otherwise whoever reaches the UI's port can end a training.
            .setIfMissing("spark.ui.killEnabled", "false")
            .setIfMissing("spark.app.name", "onehot " + command)
            // Its default of 1 GB fails a wide training in its first iteration. What the driver's
            // memory cannot hold is refused before.
            .setIfMissing("spark.driver.maxResultSize", "0")
            // Spark's default pattern does not hide passwords in URIs from the event log.
            .setIfMissing(Redaction.SPARK_SETTING, Redaction.DEFAULT_REGEX);
    String secret = System.getenv(SECRET_OF_WORKER);
    if (secret != null) {
      // Spark's context reads the secret from its settings only (SPARK-25078).
      conf.setIfMissing(AUTHENTICATION_SECRET, secret);
    }
    if (LocalModeConf.isLocal(conf)) {
      // Out of memory in a task is then a failure like any other. Otherwise Spark ends the process.
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
      // Results above this, by default 1 MB, go to the driver through a socket, even from one
      // thread
      // to another: with sums of 20 MB that is a tenth of an iteration.
      conf.setIfMissing("spark.task.maxDirectResultSize", "128m");
    }
    SparkChecks checks = new SparkChecks(conf, System.getenv());
    checks.requireReadableSettings();
    checks.requireLocalFolder();
    String warning = new UiPorts(conf).turnOffUiWithoutPort();
    if (warning != null) {
      console.line(warning);
    }
    PrivateFolders folders =
        LocalModeConf.isLocal(conf) ? PrivateFolders.in(PrivateFolders.meant(conf)) : null;
    try {
      JavaSparkContext context =
          new JavaSparkContext(
              folders == null ? conf : LocalModeConf.withFolders(conf, folders.setting()));
      new LackOfMemory(context::stop).watch();
      return new StartedSpark(context, folders);
    } catch (Exception e) {
      SparkRefusal.of(e, conf)
          .ifPresent(
              refusal -> {
                throw refusal;
              });
      throw e;
    }
  }
}
