package dev.onehot.checkpoint;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.storage.Storage;
import dev.onehot.train.IterationMetrics;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingState;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/** Writes a checkpoint every few iterations, and one more when a signal ends the process. */
final class PeriodicCheckpoints implements TrainingListener {

  private final CheckpointDirectory directory;
  private final CheckpointHeader header;
  private final int every;
  private final Claim claim;
  private final Consumer<String> say;

  private volatile TrainingState state;
  private int saved;
  private volatile boolean ended;

  /** Makes sure that this run is still the owner of the directory. */
  @FunctionalInterface
  interface Claim {

    /**
     * @throws InvalidSettingsException if another run is the owner
     */
    void require() throws IOException;
  }

  PeriodicCheckpoints(
      CheckpointDirectory directory,
      CheckpointHeader header,
      int every,
      Claim claim,
      Consumer<String> say) {
    this.directory = directory;
    this.header = header;
    this.every = every;
    this.claim = claim;
    this.say = say;
  }

  @Override
  public void started(TrainingState started) {
    synchronized (started) {
      saved = started.iteration();
      state = started;
    }
  }

  @Override
  public void measured(IterationMetrics metrics) {}

  @Override
  public void updated(TrainingState updated) {
    int iteration = updated.iteration();
    if (iteration % every != 0) {
      return;
    }
    try {
      save();
    } catch (InvalidSettingsException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      say.accept(
          String.format(
              Locale.ROOT,
              "warning: the checkpoint after %d updates could not be written to %s (%s); training goes on, and tries again after %d; %s",
              iteration,
              directory.path(),
              Storage.reason(e, directory.path()),
              iteration + every,
              before()));
    }
  }

  private String before() {
    try {
      return directory.hasCheckpoints()
          ? "that after " + saved + " is still there"
          : "there is none before";
    } catch (IOException e) {
      return saved == 0 ? "there is none before" : "the last one was written after " + saved;
    }
  }

  /** Saves the state after the last update, unless that is saved already. */
  private void save() throws IOException {
    synchronized (state) {
      if (!ended) {
        claim.require();
        state.save(
            snapshot -> {
              if (snapshot.iteration() > saved) {
                directory.write(header, snapshot);
                saved = snapshot.iteration();
              }
            });
      }
    }
  }

  /**
   * Saves the state after the last update, and no state after that.
   *
   * @return the newest checkpoint; null if there is none
   */
  Path end() {
    TrainingState training = state;
    if (training == null) {
      ended = true;
      return directory.latest();
    }
    synchronized (training) {
      try {
        save();
      } catch (IOException | RuntimeException e) {
        say.accept(
            String.format(
                Locale.ROOT,
                "warning: the checkpoint after %d updates could not be written to %s (%s)",
                training.iteration(),
                directory.path(),
                Storage.reason(e, directory.path())));
      }
      ended = true;
      return directory.latest();
    }
  }
}
