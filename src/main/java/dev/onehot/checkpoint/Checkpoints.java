package dev.onehot.checkpoint;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.storage.MadeFolders;
import dev.onehot.storage.PublishedDirectory;
import dev.onehot.storage.SignalWatch;
import dev.onehot.storage.Storage;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingSnapshot;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A run's use of its checkpoint directory: claim it, find the earlier owner, begin or resume, write
 * checkpoints, and clear it at the end. Closing without {@link #clear} keeps the checkpoints for
 * the next run. If there are none, closing leaves nothing behind.
 */
public final class Checkpoints implements Closeable {

  private final CheckpointDirectory directory;
  private final int every;
  private final Configuration hadoop;
  private final Consumer<String> say;

  private final CheckpointOwner earlier;
  private CheckpointDirectory.Found found;
  private CheckpointOwner current;
  private MadeFolders made;
  private PeriodicCheckpoints writer;
  private SignalWatch signals;
  private boolean taken;
  private boolean cleared;
  private boolean closed;

  private Checkpoints(
      CheckpointDirectory directory, int every, Configuration hadoop, Consumer<String> say)
      throws IOException {
    this.directory = directory;
    this.every = every;
    this.hadoop = hadoop;
    this.say = say;
    earlier = directory.ownerFile().read();
    made = directory.made();
    if (earlier != null) {
      Stream<Path> before = earlier.madeFolders().stream().map(Path::new);
      made = new MadeFolders(Stream.concat(made.paths().stream(), before).distinct().toList());
    }
  }

  /**
   * Claims a directory before the training starts any work.
   *
   * @param say gets messages for the user
   * @throws InvalidSettingsException if the directory cannot be written, or if another run uses it
   */
  public static Checkpoints claim(
      CheckpointOptions options, Configuration hadoop, Consumer<String> say) {
    CheckpointDirectory claimed = CheckpointDirectory.claim(options.directory(), hadoop);
    try {
      return new Checkpoints(claimed, options.every(), hadoop, say);
    } catch (IOException e) {
      throw Refusal.unreadable(claimed.path(), e);
    }
  }

  /** The earlier owner of the directory, as its owner file says; null if there was none. */
  public CheckpointOwner earlier() {
    return earlier;
  }

  /**
   * The run to continue: the run of the newest checkpoint. Without a checkpoint it is the earlier
   * owner's run, if that had the same settings. Null if a new run begins.
   *
   * @param settings this run's identity, as far as its settings decide it
   * @throws InvalidSettingsException if there is a checkpoint with other settings, or with a format
   *     version that this Onehot does not read
   */
  public CheckpointedRun unfinished(TrainingIdentity settings) {
    boolean any;
    try {
      any = directory.hasCheckpoints();
      found = directory.newest(say);
    } catch (ForeignVersionException e) {
      throw Refusal.foreign(directory.path(), e.getMessage(), "the Onehot that wrote it", e);
    } catch (IOException e) {
      throw Refusal.unreadable(directory.path(), e);
    }
    if (found != null) {
      settings.difference(found.header().run().identity()).ifPresent(this::refuse);
      return found.header().run();
    }
    if (any) {
      say.accept(
          "warning: %s has no checkpoint that is whole: training starts from the beginning"
              .formatted(directory.path()));
    }
    return earlier != null && settings.equals(earlier.run().identity()) ? earlier.run() : null;
  }

  private void refuse(String difference) {
    throw Refusal.foreign(
        directory.path(), "is of " + difference, "the same settings and data", null);
  }

  /**
   * Cleans up after a killed run, and makes this run the owner of the directory. From now on a
   * checkpoint is written when a signal ends the process.
   *
   * @param run this run; it has the id of the run that it continues
   * @param target the future directory of the model, fully qualified, without secrets
   * @param pending the id that {@link PublishedDirectory#create} will get
   * @param abandoned the planned model directory of the {@link #earlier} owner; null if there is
   *     none
   * @throws InvalidSettingsException if another run has become the owner meanwhile
   */
  public void begin(CheckpointedRun run, String target, UUID pending, Path abandoned) {
    directory.ownerFile().requireUnused();
    if (earlier != null) {
      removeAbandoned(abandoned);
    }
    List<String> folders = new ArrayList<>();
    // Only the path: the address of the file system may hold a password.
    made.paths().forEach(folder -> folders.add(folder.toUri().getPath()));
    CheckpointOwner owner =
        new CheckpointOwner(
            CheckpointOwner.FORMAT,
            run,
            target,
            pending.toString(),
            folders,
            DriverProcess.current());
    try {
      directory.ownerFile().write(owner);
    } catch (IOException e) {
      // Perhaps another run wrote its owner file at the same moment.
      directory.ownerFile().requireUnused();
      throw Refusal.unwritable(directory.path(), e);
    }
    current = owner;
    signals = SignalWatch.start(this::end);
  }

  /**
   * Makes sure that the owner file still names this run. Two runs may both claim the directory if
   * they begin at the same moment or on different machines. The run that the owner file names goes
   * on.
   *
   * @throws InvalidSettingsException if the file names the other run; then no file is changed
   */
  private void requireStillOurs() throws IOException {
    try {
      directory.ownerFile().requireStillOf(current);
    } catch (InvalidSettingsException e) {
      taken = true;
      throw e;
    }
  }

  private void removeAbandoned(Path target) {
    try {
      PublishedDirectory.removeAbandoned(target, UUID.fromString(earlier.pending()), hadoop);
    } catch (IOException | RuntimeException e) {
      say.accept(
          "warning: what run %s left beside %s cannot be removed (%s)"
              .formatted(earlier.run().id(), target, Storage.reason(e, target)));
    }
  }

  /**
   * The state to resume from; null to begin at the initial weights.
   *
   * @param source where the data comes from, in a few words
   * @param data the part of this run's identity that its data decides
   * @throws InvalidSettingsException if the checkpoint was made with other data, or if another run
   *     is the owner now
   */
  public TrainingSnapshot resume(String source, TrainingIdentity data) {
    try {
      requireStillOurs();
      directory.removeHalfWritten();
    } catch (IOException e) {
      throw Refusal.unwritable(directory.path(), e);
    }
    writer =
        new PeriodicCheckpoints(
            directory,
            new CheckpointHeader(current.run(), source, data.values()),
            every,
            this::requireStillOurs,
            say);
    if (found == null) {
      return null;
    }
    String earlierSource = found.header().source();
    String moved =
        source.equals(earlierSource)
            ? ""
            : " (it was %s, now it is %s)".formatted(earlierSource, source);
    data.difference(found.header().dataIdentity())
        .ifPresent(difference -> refuse(difference + moved));
    try {
      TrainingSnapshot snapshot = directory.read(found);
      say.accept("resuming at iteration %d from %s".formatted(snapshot.iteration(), found.path()));
      return snapshot;
    } catch (IOException e) {
      throw Refusal.unreadable(found.path(), e);
    }
  }

  /** The listener that writes the checkpoints. */
  public TrainingListener listener() {
    return writer;
  }

  /** Removes the checkpoints and the owner file, because the run is over or must not be resumed. */
  public synchronized void clear() throws IOException {
    directory.clear();
    cleared = true;
  }

  /** Saves the last update and tells the user, when a signal ends the process. */
  private void end() {
    Path newest = writer == null ? directory.latest() : writer.end();
    if (newest == null) {
      say.accept("onehot: ended by a signal before there was a checkpoint");
    } else {
      say.accept(
          "onehot: ended by a signal; the newest checkpoint is %s: run the same command again to go on from it"
              .formatted(newest));
    }
    try {
      close();
    } catch (IOException e) {
      // The next run finds the owner file, and cleans up.
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (signals != null) {
      signals.close();
    }
    if (!taken && !directory.hasCheckpoints()) {
      if (current != null) {
        clear();
      }
      if (cleared || earlier == null) {
        directory.remove(made);
      }
    }
  }
}
