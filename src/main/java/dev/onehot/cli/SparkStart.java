package dev.onehot.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Starts Spark with whatever spark-submit set. */
final class SparkStart {

  private SparkStart() {}

  static JavaSparkContext context(String command) {
    SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "onehot " + command);
    return new JavaSparkContext(conf);
  }
}
