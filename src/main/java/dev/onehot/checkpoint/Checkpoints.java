package dev.onehot.checkpoint;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.storage.ClaimedException;
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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A run's use of its checkpoint directory: claim it, find the earlier owner, begin or resume, write
 * checkpoints, and clear it at the end. Until {@link #resume} has compared the data nothing but the
 * claim is written, so that a run that is refused changes nothing. Closing without {@link #clear}
 * keeps the checkpoints for the next run. If there are none, closing leaves nothing behind.
 */
public final class Checkpoints implements Closeable {

  private final CheckpointDirectory directory;
  private final CheckpointOptions options;
  private final Configuration hadoop;
  private final Consumer<String> say;

  private final CheckpointOwner earlier;
  private CheckpointDirectory.Found found;
  private CheckpointOwner planned;
  private Path abandoned;
  private boolean emptied;
  private MadeFolders made;
  private PeriodicCheckpoints writer;
  private SignalWatch signals;
  private boolean taken;
  private boolean lost;
  private boolean cleared;
  private boolean closed;

  private Checkpoints(
      CheckpointDirectory directory,
      CheckpointOptions options,
      Configuration hadoop,
      Consumer<String> say)
      throws IOException {
    this.directory = directory;
    this.options = options;
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
   * @param newRun the id of this run, if it turns out to be a new one
   * @param settings this run's identity, as far as its settings decide it
   * @param say gets messages for the user
   * @throws InvalidSettingsException if the directory cannot be written, or if another run uses it
   */
  public static Checkpoints claim(
      CheckpointOptions options,
      String newRun,
      TrainingIdentity settings,
      Configuration hadoop,
      Consumer<String> say) {
    // Only for the label of the claim. What counts is what is there once it is claimed.
    CheckpointOwner before = CheckpointDirectory.glimpse(options.directory(), hadoop);
    String run = continues(before, settings) ? before.run().id() : newRun;
    CheckpointDirectory claimed = CheckpointDirectory.claim(options.directory(), run, hadoop, say);
    try {
      return new Checkpoints(claimed, options, hadoop, say);
    } catch (IOException e) {
      claimed.release();
      throw Refusal.unreadable(claimed.path(), e);
    }
  }

  private static boolean continues(CheckpointOwner before, TrainingIdentity settings) {
    return before != null && settings.equals(before.run().identity());
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
      if (options.beginAnew()) {
        return beginAnew(e.getMessage());
      }
      throw Refusal.foreign(directory.path(), e.getMessage(), "the Onehot that wrote it", e);
    } catch (IOException e) {
      throw Refusal.unreadable(directory.path(), e);
    }
    if (found != null) {
      Optional<String> difference = settings.difference(found.header().run().identity());
      if (difference.isPresent()) {
        return other(difference.get());
      }
      return found.header().run();
    }
    if (any) {
      say.accept(
          String.format(
              Locale.ROOT,
              "warning: %s has no checkpoint that is whole: training starts from the beginning",
              directory.path()));
    }
    return continues(earlier, settings) ? earlier.run() : null;
  }

  /**
   * Refuses the checkpoint of another training, or begins anew; then there is no run to continue.
   */
  private CheckpointedRun other(String difference) {
    if (options.beginAnew()) {
      return beginAnew("is of " + difference);
    }
    throw Refusal.foreign(
        directory.path(), "is of " + difference, "the same settings, data and version", null);
  }

  private CheckpointedRun beginAnew(String why) {
    say.accept(
        String.format(
            Locale.ROOT,
            "%s: its checkpoint %s: training starts from the beginning",
            directory.path(),
            why));
    found = null;
    emptied = true;
    return null;
  }

  /** Says that the earlier run is complete: what it left here goes when this run takes over. */
  public void replaceComplete() {
    emptied = true;
  }

  /**
   * Says which run this is. From now on a checkpoint is written when a signal ends the process, if
   * training has begun by then.
   *
   * @param run this run; it has the id of the run that it continues
   * @param target the future directory of the model, fully qualified, without secrets
   * @param pending the {@link PublishedDirectory#id} of this run's output
   * @param leftBehind the planned model directory of the {@link #earlier} owner; null if there is
   *     none
   */
  public void begin(CheckpointedRun run, String target, UUID pending, Path leftBehind) {
    List<String> folders = new ArrayList<>();
    // Only the path: the address of the file system may hold a password.
    made.paths().forEach(folder -> folders.add(folder.toUri().getPath()));
    planned = new CheckpointOwner(CheckpointOwner.FORMAT, run, target, pending.toString(), folders);
    abandoned = leftBehind;
    signals = SignalWatch.start(this::end);
  }

  /** Cleans up after a killed run, and makes this run the owner of the directory. */
  private void take() {
    try {
      requireStillOurs();
      if (emptied) {
        directory.clear();
      }
      if (earlier != null) {
        removeAbandoned(abandoned);
      }
      directory.ownerFile().write(planned);
      taken = true;
      directory.inherit();
      directory.removeHalfWritten();
    } catch (IOException e) {
      throw Refusal.unwritable(directory.path(), e);
    }
  }

  /**
   * Makes sure that this run still has the directory. It loses it if its machine sleeps for longer
   * than another run is patient.
   *
   * @throws InvalidSettingsException if another run has it; then no file is changed
   */
  private void requireStillOurs() throws IOException {
    try {
      directory.requireStillOurs();
    } catch (ClaimedException e) {
      lost = true;
      throw Refusal.taken(directory.path(), e);
    }
  }

  /** What is there now is that of the run that has taken this one's place. */
  private void noticeLoss() throws IOException {
    try {
      directory.requireStillOurs();
    } catch (ClaimedException e) {
      lost = true;
    }
  }

  private void removeAbandoned(Path target) {
    try {
      PublishedDirectory.removeAbandoned(target, UUID.fromString(earlier.pending()), hadoop);
    } catch (IOException | RuntimeException e) {
      say.accept(
          String.format(
              Locale.ROOT,
              "warning: what run %s left beside %s cannot be removed (%s)",
              earlier.run().id(),
              target,
              Storage.reason(e, target)));
    }
  }

  /**
   * The state to resume from; null to begin at the initial weights. Only now, as the data are
   * known, does this run clean up after a killed one, and become the owner of the directory.
   *
   * @param source where the data comes from, in a few words
   * @param data the part of this run's identity that its data decides
   * @throws InvalidSettingsException if the checkpoint was made with other data, or if another run
   *     is the owner now
   */
  public TrainingSnapshot resume(String source, TrainingIdentity data) {
    if (found != null) {
      requireSame(source, data);
    }
    take();
    writer =
        new PeriodicCheckpoints(
            directory,
            new CheckpointHeader(planned.run(), source, data.values()),
            options.every(),
            this::requireStillOurs,
            say);
    if (found == null) {
      return null;
    }
    try {
      TrainingSnapshot snapshot = directory.read(found);
      say.accept(
          String.format(
              Locale.ROOT, "resuming at iteration %d from %s", snapshot.iteration(), found.path()));
      return snapshot;
    } catch (IOException e) {
      throw Refusal.unreadable(found.path(), e);
    }
  }

  private void requireSame(String source, TrainingIdentity data) {
    String earlierSource = found.header().source();
    String moved =
        source.equals(earlierSource)
            ? ""
            : String.format(Locale.ROOT, " (it was %s, now it is %s)", earlierSource, source);
    data.difference(found.header().dataIdentity())
        .ifPresent(difference -> other(difference + moved));
  }

  /**
   * Writes a checkpoint of the last update, and no other after it.
   *
   * @return the newest checkpoint; null if there is none
   */
  public Path saveLast() {
    return writer == null ? directory.latest() : writer.end();
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

  /** Saves the last update when the process is ended, and tells the user of a signal. */
  private void end() {
    Path newest = saveLast();
    // Spark may end the process by itself; then the failure is reported elsewhere.
    if (SignalWatch.ending()) {
      say.accept(
          newest == null
              ? "onehot: ended by a signal before there was a checkpoint"
              : String.format(
                  Locale.ROOT,
                  "onehot: ended by a signal; the newest checkpoint is %s: run the same command again to go on from it",
                  newest));
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
    boolean empty;
    try {
      noticeLoss();
      empty = !lost && !directory.hasCheckpoints();
      if (empty && taken) {
        clear();
      }
    } finally {
      directory.release();
    }
    if (empty && (cleared || earlier == null)) {
      directory.remove(made);
    }
  }
}
