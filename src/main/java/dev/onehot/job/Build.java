package dev.onehot.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Onehot this is: what the build wrote into the jar. */
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

  /** The version; unknown outside a build of Maven's. */
  public static String version() {
    return PROPERTIES.getProperty("git.build.version", "unknown");
  }

  /** The git commit, with {@code +changes} if the tree had any; unknown if built outside git. */
  public static String commit() {
    String commit = PROPERTIES.getProperty("git.commit.id.full", "unknown");
    boolean dirty = Boolean.parseBoolean(PROPERTIES.getProperty("git.dirty"));
    return dirty ? commit + "+changes" : commit;
  }
}
