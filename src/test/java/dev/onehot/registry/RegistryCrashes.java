package dev.onehot.registry;

import dev.onehot.storage.CrashEnumeration;
import dev.onehot.storage.CrashEnumeration.Scenario;
import dev.onehot.storage.PublishedDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** What is done with a registry, to be ended at every point. */
public final class RegistryCrashes {

  private static final int VERSIONS = 4;

  private RegistryCrashes() {}

  /** All scenarios by their names. */
  public static Map<String, Scenario> all() {
    return Map.of(
        "promote a version", new Promote(),
        "roll back", new RollBack(),
        "remove versions under the lock", new Prune(),
        "publish a version, promote it and tell of it under the lock", new Night());
  }

  /** A registry of four versions, which were champions one after another. */
  private abstract static class WithRegistry implements Scenario {

    @Override
    public void prepare(Path folder, Configuration hadoop) throws IOException {
      Registry registry = Registry.create(new Path(folder, "registry"), hadoop);
      for (int version = 1; version <= VERSIONS; version++) {
        publish(registry, version, hadoop);
        if (version < VERSIONS) {
          promote(registry, version);
        }
      }
    }

    static void publish(Registry registry, int version, Configuration hadoop) throws IOException {
      try (PublishedDirectory directory =
          PublishedDirectory.claim(registry.version(version), "a-run", hadoop, line -> {})) {
        directory.write("W1.npy", ("weights of " + version).getBytes(StandardCharsets.UTF_8));
        directory.write("run.json", "verdict".getBytes(StandardCharsets.UTF_8));
        directory.publish();
      }
    }

    static void promote(Registry registry, int version) throws IOException {
      registry.champions().promote(version, registry.champions().last(), "a run", "it is good");
    }

    static Registry registry(Path folder, Configuration hadoop) {
      return Registry.open(new Path(folder, "registry"), hadoop);
    }

    /** The champion and its files. */
    @Override
    public String read(Path folder, Configuration hadoop) throws IOException {
      Registry registry = registry(folder, hadoop);
      Optional<Promotion> champion = registry.champions().current();
      return champion.isEmpty()
          ? "no champion"
          : CrashEnumeration.content(registry.version(champion.get().version()), hadoop);
    }
  }

  private static final class Promote extends WithRegistry {

    @Override
    public void run(Path folder, Configuration hadoop) throws IOException {
      promote(registry(folder, hadoop), VERSIONS);
    }
  }

  private static final class RollBack extends WithRegistry {

    @Override
    public void run(Path folder, Configuration hadoop) throws IOException {
      registry(folder, hadoop).champions().rollBack("a person");
    }
  }

  private static final class Prune extends WithRegistry {

    @Override
    public void run(Path folder, Configuration hadoop) throws IOException {
      Registry registry = registry(folder, hadoop);
      try (RegistryLock lock = registry.lock("a-run", line -> {})) {
        new Retention(1, 0, Duration.ZERO).prune(registry, Instant.now());
        lock.require();
      }
    }

    @Override
    public boolean repeatable() {
      return true;
    }
  }

  private static final class Night extends WithRegistry {

    @Override
    public void run(Path folder, Configuration hadoop) throws IOException {
      Registry registry = registry(folder, hadoop);
      try (RegistryLock lock = registry.lock("a-run", line -> {})) {
        int version = VERSIONS + 1;
        if (!registry.isComplete(version)) {
          publish(registry, version, hadoop);
        }
        if (registry.champions().current().orElseThrow().version() != version) {
          promote(registry, version);
        }
        if (registry.history().last() == 0) {
          registry.history().append("{}\n");
        }
        new Retention(VERSIONS, 0, Duration.ZERO).prune(registry, Instant.now());
        lock.require();
      }
    }

    @Override
    public boolean repeatable() {
      return true;
    }
  }
}
