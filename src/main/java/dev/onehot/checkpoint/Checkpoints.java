package dev.onehot.checkpoint;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.storage.MadeFolders;
import dev.onehot.storage.PublishedDirectory;
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
 * A run's way with its checkpoint directory: claim it, see whose it was, begin or resume, write
 * checkpoints, and clear it at the end. Closing without {@link #clear} leaves the checkpoints, if
 * there are any, for the next run, and otherwise nothing.
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
  private ShutdownHook shutdownHook;
  private volatile boolean endedBySignal;
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
   * Claims a directory, before any work is done for it.
   *
   * @param say hears of what the user should know
   * @throws InvalidSettingsException if it cannot be written, or if another run uses it
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

  /** The run that was here before, as the owner's file has it; null if there was none. */
  public CheckpointOwner earlier() {
    return earlier;
  }

  /**
   * Whose run to take up: the newest checkpoint's, or else, if it had the same settings, the
   * owner's; null to begin anew.
   *
   * @param settings of this run
   * @throws InvalidSettingsException if there is a checkpoint of other settings, or in a format
   *     that this version does not read
   */
  public CheckpointedRun unfinished(TrainingIdentity settings) {
    boolean any;
    try {
      any = directory.hasCheckpoints();
      found = directory.newest(say);
    } catch (ForeignVersionException e) {
      throw Refusal.ofAnotherVersion(directory.path(), e);
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
    throw Refusal.ofAnotherTraining(directory.path(), difference);
  }

  /**
   * Cleans up after a killed run, and makes the directory this one's. From now on a checkpoint is
   * written when the process is ended.
   *
   * @param run this one, with the id of the one it takes up
   * @param target where the model is going to be, fully qualified, without secrets
   * @param pending what {@link PublishedDirectory#create} is going to be given
   * @param abandoned where the model of the {@link #earlier} run was going to be; null if there is
   *     none
   * @throws InvalidSettingsException if another run has begun to use the directory
   */
  public void begin(CheckpointedRun run, String target, UUID pending, Path abandoned) {
    directory.ownerFile().requireUnused();
    if (earlier != null) {
      removeAbandoned(abandoned);
    }
    List<String> folders = new ArrayList<>();
    // Of the directory's own file system, whose address may hold a password.
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
      // Perhaps because another run has written its own at the same moment.
      directory.ownerFile().requireUnused();
      throw Refusal.unwritable(directory.path(), e);
    }
    current = owner;
    shutdownHook = ShutdownHook.watch(this::end);
  }

  /**
   * Of two runs that don't see each other, since they began at the same moment or on different
   * machines, the one that the owner's file names goes on.
   *
   * @throws InvalidSettingsException if that is the other; then all is left as it is
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
   * Where to go on from; null to begin at the initial weights.
   *
   * @param source of the data, in a few words
   * @param data of this run
   * @throws InvalidSettingsException if the checkpoint is of other data, or if another run has
   *     taken the directory
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

  /** What writes the checkpoints of a training. */
  public TrainingListener listener() {
    return writer;
  }

  /** Removes checkpoints and the owner's file: the run is over, or has nothing to be resumed. */
  public synchronized void clear() throws IOException {
    directory.clear();
    cleared = true;
  }

  /** Whether this process is being ended by a signal, and the user was told so. */
  public boolean endedBySignal() {
    return endedBySignal;
  }

  /** The process is being ended by a signal: saves what there is, and tells the user. */
  private void end() {
    endedBySignal = true;
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
      // The next run finds the owner's file, and cleans up.
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    if (shutdownHook != null) {
      shutdownHook.unwatch();
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
