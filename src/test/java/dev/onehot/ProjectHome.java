package dev.onehot;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** The project's folder, and the real data beside it if this machine has them. */
public final class ProjectHome {

  private ProjectHome() {}

  public static Path resolve(String path) {
    return Path.of(System.getProperty("onehot.home", "")).toAbsolutePath().resolve(path);
  }

  /** The Spark settings of every run, as conf/spark.conf has them. */
  public static Map<String, String> sparkSettings() {
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(resolve("conf/spark.conf"))) {
      settings.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, settings::getProperty));
  }

  /** The folder with the real MNIST; skips the test if there is none. */
  public static Path mnist() {
    return data("the real MNIST's files", "../shared/mnist");
  }

  /** The folder with real digits of 8 × 8 pixels; skips the test if there is none. */
  public static Path digits8x8() {
    return data("the digits of 8 × 8 pixels", "../shared/data/digits8x8");
  }

  /** The folder with iris; skips the test if there is none. */
  public static Path iris() {
    return data("iris's rows", "../shared/data/iris");
  }

  private static Path data(String what, String path) {
    Path folder = resolve(path).normalize();
    skipUnless(Files.isDirectory(folder), what + " are not at " + folder);
    return folder;
  }

  /** Skips the test, and says why, unless a condition is met. */
  public static void skipUnless(boolean met, String reason) {
    if (!met) {
      // Maven shows only how many tests were skipped.
      System.out.println("skipped: " + reason);
    }
    assumeTrue(met, "skipped: " + reason);
  }
}
