package dev.onehot.cli;

import dev.onehot.job.StoredModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Loads the champion of a registry again and again, and predicts a row with it. */
final class ChampionReader implements AutoCloseable {

  private final Path registry;
  private final CompletableFuture<Void> end;
  private final List<String> failures = new ArrayList<>();
  private volatile boolean stopped;
  private long loads;
  private int champions;
  private int last;

  private ChampionReader(Path registry) {
    this.registry = registry;
    end = CompletableFuture.runAsync(this::loop);
  }

  /** Starts to read. The registry must have a champion. */
  static ChampionReader start(Path registry) {
    return new ChampionReader(registry);
  }

  private void loop() {
    Configuration hadoop = new Configuration();
    byte[] row = new byte[784];
    while (!stopped) {
      try {
        StoredModel champion = StoredModel.open(registry, hadoop);
        int label = champion.model().predict(row);
        if (label < 0 || label > 9) {
          failures.add("label " + label);
        }
        see(Integer.parseInt(champion.directory().getName()));
      } catch (RuntimeException e) {
        failures.add(e.toString());
      }
      loads++;
    }
  }

  private void see(int version) {
    if (version < last) {
      failures.add("version " + version + " after version " + last);
    }
    champions += version > last ? 1 : 0;
    last = version;
  }

  /** Stops reading; what it has seen is complete then. */
  @Override
  public void close() {
    stopped = true;
    end.join();
  }

  /** What went wrong. */
  List<String> failures() {
    return failures;
  }

  /** How often it has tried to load the champion. */
  long loads() {
    return loads;
  }

  /** How many champions it has seen. */
  int champions() {
    return champions;
  }
}
