package dev.onehot.cli;

import dev.onehot.ProjectHome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings for executors that are processes of their own and have the tests' classes. */
final class ExecutorClasses {

  private ExecutorClasses() {}

  /** Two executors on this machine. */
  static Map<String, String> localCluster() {
    return Map.of(
        "spark.master",
        "local-cluster[2,1,1024]",
        "spark.executor.extraClassPath",
        ProjectHome.resolve("target/classes") + ":" + libraries());
  }

  /** The jars that an executor needs besides Spark's: those shaded into ours. */
  private static String libraries() {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":")) {
      if (entry.contains("gson") || entry.contains("picocli") || entry.contains("fastcsv")) {
        jars.add(entry);
      }
    }
    return String.join(":", jars);
  }
}
