package dev.onehot.cli;

import dev.onehot.ProjectHome;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Spark settings, as spark-submit would give them, for a while. */
final class SparkSettings {

  private SparkSettings() {}

  /** Runs something with these settings, then puts back those that were there before. */
  static <T> T with(Map<String, String> settings, Supplier<T> action) {
    Map<Object, Object> before = Map.copyOf(System.getProperties());
    try {
      settings.forEach(System::setProperty);
      return action.get();
    } finally {
      settings.keySet().forEach(System::clearProperty);
      settings.keySet().stream()
          .filter(before::containsKey)
          .forEach(key -> System.setProperty(key, before.get(key).toString()));
    }
  }

  /**
   * What an executor of its own needs besides Spark: our classes, and the jars shaded into ours.
   */
  static String executorClassPath() {
    Stream<String> jars =
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .filter(entry -> entry.contains("gson") || entry.contains("picocli"));
    return Stream.concat(Stream.of(ProjectHome.resolve("target/classes").toString()), jars)
        .collect(Collectors.joining(":"));
  }
}
