package dev.onehot.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which Onehot this is: what the build wrote into the jar. */
final class Build implements IVersionProvider {

  private static final String RESOURCE = "/dev/onehot/build.properties";
  private final Properties properties = new Properties();

  Build() {
    try (InputStream in = Build.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String version() {
    return properties.getProperty("git.build.version", "unknown");
  }

  /** The git commit, with {@code +changes} if the tree had any; unknown if built outside git. */
  String commit() {
    String commit = properties.getProperty("git.commit.id.full", "unknown");
    boolean dirty = Boolean.parseBoolean(properties.getProperty("git.dirty"));
    return dirty ? commit + "+changes" : commit;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"Onehot " + version() + " (commit " + commit() + ")"};
  }
}
