package dev.onehot;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The project's folder, and the real MNIST beside it if this machine has it. */
public final class ProjectHome {

  private ProjectHome() {}

  public static Path resolve(String path) {
    return Path.of(System.getProperty("onehot.home", "")).toAbsolutePath().resolve(path);
  }

  /** The folder with the real MNIST; skips the test if there is none. */
  public static Path mnist() {
    Path mnist = resolve("../shared/mnist").normalize();
    skipUnless(Files.isDirectory(mnist), "the real MNIST is not at " + mnist);
    return mnist;
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
