package dev.onehot.nightly;

import dev.onehot.nightly.NightRecord.Status;
import dev.onehot.registry.Promotion;
import dev.onehot.registry.Registry;
import dev.onehot.report.Console;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * Finishes what runs have left that were killed after they had published a version: promotes it if
 * that was decided, and writes the run's record. Only for the holder of the registry's lock.
 */
record Recovery(Registry registry, History history, Configuration hadoop, Console console) {

  void run() throws IOException {
    Set<Integer> recorded =
        history.all().stream()
            .map(NightRecord::version)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(HashSet::new));
    for (int version : registry.versions()) {
      if (!recorded.contains(version)) {
        Optional<GateFile> gate = GateFile.of(registry, version, hadoop);
        if (gate.isPresent()) {
          finish(gate.get());
        }
      }
    }
  }

  private void finish(GateFile gate) throws IOException {
    NightRecord night = gate.night();
    NightRecord finished =
        night.status() == Status.PROMOTED && !promote(gate) ? notPromoted(night) : night;
    history.add(finished);
    console.line(
        String.format(
            Locale.ROOT,
            "run %s of %s was killed after it had published: %s",
            night.run(),
            night.runDate(),
            finished.message()));
  }

  /** Whether the version is the champion now, or was before somebody else's promotion. */
  private boolean promote(GateFile gate) throws IOException {
    int version = gate.night().version();
    for (Promotion promotion : registry.champions().all()) {
      if (promotion.version() == version) {
        return true;
      }
    }
    if (registry.champions().last() != gate.champions()) {
      return false;
    }
    registry
        .champions()
        .promote(
            version, gate.champions(), "nightly run " + gate.night().run(), gate.night().message());
    return true;
  }

  private static NightRecord notPromoted(NightRecord night) {
    return night.with(
        Status.KEPT,
        String.format(
            Locale.ROOT,
            "version %d passed the gate, but another champion was named before it could be promoted; models promote %d promotes it",
            night.version(),
            night.version()));
  }
}
