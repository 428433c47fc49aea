package dev.onehot.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version and commit of this Onehot, which the build writes into the jar. */
public final class Build {

  private static final String RESOURCE = "/dev/onehot/build.properties";
  private static final Properties PROPERTIES = new Properties();

  static {
    try (InputStream in = Build.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        PROPERTIES.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Build() {}

  /** The version; {@code unknown} if Maven did not build it. */
  public static String version() {
    return PROPERTIES.getProperty("git.build.version", "unknown");
  }

  /**
   * The git commit, with {@code +changes} if the working tree had changes; {@code unknown} if it
   * was built outside git.
   */
  public static String commit() {
    String commit = PROPERTIES.getProperty("git.commit.id.full", "unknown");
    boolean dirty = Boolean.parseBoolean(PROPERTIES.getProperty("git.dirty"));
    return dirty ? commit + "+changes" : commit;
  }
}
