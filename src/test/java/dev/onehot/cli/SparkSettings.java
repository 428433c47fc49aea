package dev.onehot.cli;

import java.util.Map;
import java.util.function.Supplier;

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
}
