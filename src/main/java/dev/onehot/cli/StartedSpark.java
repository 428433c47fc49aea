package dev.onehot.cli;

import org.apache.spark.api.java.JavaSparkContext;

/**
 * Spark's context for one command.
 *
 * @param context the context
 */
record StartedSpark(JavaSparkContext context) implements AutoCloseable {

  /** Stops Spark, without the complaints of threads that still had something to send. */
  @Override
  public void close() {
    StoppingNoise.hide();
    context.close();
  }
}
