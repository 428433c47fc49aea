package dev.onehot.cli;

import dev.onehot.report.Redaction;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Starts Spark with the settings from spark-submit. */
final class SparkStart {

  private static final String AUTHENTICATION_SECRET = "spark.authenticate.secret";

  /** Where a standalone worker puts the secret for the drivers that it starts. */
  private static final String SECRET_OF_WORKER = "_SPARK_AUTH_SECRET";

  private SparkStart() {}

  static JavaSparkContext context(String command) {
    SparkConf conf =
        LoopbackConf.ifLocal(new SparkConf())
            .setIfMissing("spark.app.name", "onehot " + command)
            // Spark's default pattern does not hide passwords in URIs from the event log.
            .setIfMissing(Redaction.SPARK_SETTING, Redaction.DEFAULT_REGEX);
    String secret = System.getenv(SECRET_OF_WORKER);
    if (secret != null) {
      // Spark's context reads the secret from its settings only (SPARK-25078).
      conf.setIfMissing(AUTHENTICATION_SECRET, secret);
    }
    return new JavaSparkContext(conf);
  }
}
