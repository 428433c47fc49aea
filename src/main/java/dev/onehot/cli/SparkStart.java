package dev.onehot.cli;

import dev.onehot.report.Redaction;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Starts Spark with whatever spark-submit set. */
final class SparkStart {

  private static final String REDACTION = "spark.redaction.regex";

  private SparkStart() {}

  static JavaSparkContext context(String command) {
    SparkConf conf =
        new SparkConf()
            .setIfMissing("spark.app.name", "onehot " + command)
            // Spark's own default leaves passwords of URIs in its event log.
            .setIfMissing(REDACTION, Redaction.DEFAULT_REGEX);
    return new JavaSparkContext(conf);
  }

  /** What must not be recorded, as Spark was told. */
  static Redaction redaction(JavaSparkContext spark) {
    return new Redaction(spark.getConf().get(REDACTION));
  }
}
