package dev.onehot.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;

/** How many tasks Spark can run at a time. */
public final class Cores {

  private static final Pattern LOCAL =
      Pattern.compile("local(?:\\[\\s*([0-9]+|\\*)\\s*(?:,.*)?])?");

  private Cores() {}

  /**
   * The cores of all executors, as far as Spark knows them. In local mode these are the threads:
   * {@code spark.default.parallelism} may ask for more tasks, but they would wait for each other.
   */
  public static int of(JavaSparkContext spark) {
    int threads = ofLocal(spark.master(), Runtime.getRuntime().availableProcessors());
    int parallelism = Math.max(1, spark.defaultParallelism());
    return threads == 0 ? parallelism : Math.min(threads, parallelism);
  }

  /**
   * The threads of a local master; 0 for any other master.
   *
   * @param processors the number of this machine's cores
   */
  public static int ofLocal(String master, int processors) {
    Matcher local = LOCAL.matcher(master);
    if (!local.matches()) {
      return 0;
    }
    String threads = local.group(1);
    return threads == null ? 1 : threads.equals("*") ? processors : Integer.parseInt(threads);
  }
}
