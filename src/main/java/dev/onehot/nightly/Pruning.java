package dev.onehot.nightly;

import dev.onehot.job.RunId;
import dev.onehot.registry.Registry;
import dev.onehot.registry.RegistryLock;
import dev.onehot.registry.Retention;
import dev.onehot.report.Console;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Removes what a registry need not keep, by hand. */
public final class Pruning {

  private Pruning() {}

  /**
   * Finishes what killed runs have left, and removes the versions that are not kept.
   *
   * @return the numbers of the removed versions
   * @throws dev.onehot.failure.BusyException if a night runs, which may be about to promote one
   */
  public static List<Integer> of(
      Registry registry, Retention retention, Configuration hadoop, Console console)
      throws IOException {
    try (RegistryLock lock = registry.lock(RunId.next().name(), console::line)) {
      new Recovery(registry, new History(registry.history()), hadoop, console).run();
      lock.require();
      return retention.prune(registry, Instant.now());
    }
  }
}
