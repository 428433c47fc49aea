package dev.onehot.cli;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** Starts Spark when it is needed for the first time, and stops it at the end if it was. */
final class LazySpark implements Supplier<JavaSparkContext>, AutoCloseable {

  private final Supplier<StartedSpark> start;
  private StartedSpark started;

  LazySpark(Supplier<StartedSpark> start) {
    this.start = start;
  }

  @Override
  public JavaSparkContext get() {
    if (started == null) {
      started = start.get();
    }
    return started.context();
  }

  @Override
  public void close() {
    if (started != null) {
      started.close();
    }
  }
}
