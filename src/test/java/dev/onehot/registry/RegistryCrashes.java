package dev.onehot.registry;

import dev.onehot.model.ModelFiles;
import dev.onehot.storage.CrashEnumeration;
import dev.onehot.storage.CrashEnumeration.Scenario;
import dev.onehot.storage.PublishedDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What is done with a registry, to be ended at every point. */
public final class RegistryCrashes {

  private static final int VERSIONS = 3;

  private RegistryCrashes() {}

  /** All scenarios by their names. */
  public static Map<String, Scenario> all() {
    return Map.of(
        "promote a version", new Promote(),
        "roll back", new RollBack(),
        "prune versions", new Prune(),
        "publish a version and promote it", new Night());
  }

  /** With three versions, of which the first two have been champion. */
  private abstract static class WithVersions implements Scenario {

    @Override
    public void prepare(Path folder, Configuration hadoop) throws IOException {
      Registry registry = Registry.create(folder, hadoop);
      for (int version = 1; version <= VERSIONS; version++) {
        publish(registry, version, "version " + version, hadoop);
      }
      for (int version = 1; version < VERSIONS; version++) {
        promote(registry, version);
      }
    }

    static void publish(Registry registry, int version, String weights, Configuration hadoop)
        throws IOException {
      try (PublishedDirectory directory =
          PublishedDirectory.claim(registry.version(version), "a-run", hadoop, line -> {})) {
        directory.write("W1.npy", weights.getBytes(StandardCharsets.UTF_8));
        directory.write(ModelFiles.VERDICT, "{}".getBytes(StandardCharsets.UTF_8));
        directory.publish();
      }
    }

    static void promote(Registry registry, int version) throws IOException {
      Champions champions = registry.champions();
      champions.promote(version, champions.last(), "a test", "it wants to");
    }

    @Override
    public void run(Path folder, Configuration hadoop) throws IOException {
      Registry registry = Registry.open(folder, hadoop);
      try (RegistryLock lock = registry.lock("a-run", line -> {})) {
        lock.require();
        change(registry, hadoop);
      }
    }

    abstract void change(Registry registry, Configuration hadoop) throws IOException;

    /** The champion's files. */
    @Override
    public String read(Path folder, Configuration hadoop) throws IOException {
      return CrashEnumeration.content(Registry.open(folder, hadoop).champion(), hadoop);
    }
  }

  private static final class Promote extends WithVersions {

    @Override
    void change(Registry registry, Configuration hadoop) throws IOException {
      promote(registry, VERSIONS);
    }
  }

  private static final class RollBack extends WithVersions {

    @Override
    void change(Registry registry, Configuration hadoop) throws IOException {
      registry.champions().rollBack("a test");
    }
  }

  private static final class Prune extends WithVersions {

    @Override
    void change(Registry registry, Configuration hadoop) throws IOException {
      Instant later = Instant.now().plus(Duration.ofDays(1));
      new Retention(1, 0, Duration.ZERO).prune(registry, later);
    }

    @Override
    public boolean repeatable() {
      return true;
    }
  }

  private static final class Night extends WithVersions {

    @Override
    void change(Registry registry, Configuration hadoop) throws IOException {
      int version = registry.nextVersion(0);
      publish(registry, version, "the new one", hadoop);
      promote(registry, version);
      registry.history().append("{}");
      Instant later = Instant.now().plus(Duration.ofDays(1));
      new Retention(1, 0, Duration.ZERO).prune(registry, later);
    }

    /** A number that was used is not used again. */
    @Override
    public boolean leavesTheSame() {
      return false;
    }
  }
}
