package dev.onehot.job;

import dev.onehot.checkpoint.CheckpointOwner;
import dev.onehot.checkpoint.CheckpointedRun;
import dev.onehot.checkpoint.Checkpoints;
import dev.onehot.checkpoint.TrainingIdentity;
import dev.onehot.failure.Problems;
import dev.onehot.model.DigestedFiles;
import dev.onehot.report.Console;
import dev.onehot.report.Redaction;
import dev.onehot.storage.PublishedDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a run owns: its run id, the directory for its model, and its checkpoints, if it has any.
 * Closing removes what was not published.
 */
public final class TrainingClaim implements Closeable {

  private final RunId run;
  private final Path directory;
  private final PublishedDirectory output;
  private final DigestedFiles files;
  private final Checkpoints checkpoints;
  private final PublishedModel published;

  private TrainingClaim(
      RunId run,
      Path directory,
      PublishedDirectory output,
      Checkpoints checkpoints,
      PublishedModel published) {
    this.run = run;
    this.directory = directory;
    this.output = output;
    files = output == null ? null : new DigestedFiles(output::newFile);
    this.checkpoints = checkpoints;
    this.published = published;
  }

  /**
   * Finds out whether this is a new run or the continuation of a killed one, and claims the
   * directories.
   *
   * @param run the id of this run, if it turns out to be a new one
   * @param sources what to train on, and from
   * @throws dev.onehot.failure.InvalidSettingsException if a directory cannot be claimed, or if it
   *     holds checkpoints of another training
   */
  static TrainingClaim of(
      RunId run, TrainingJobOptions options, Sources sources, Configuration hadoop, Console console)
      throws IOException {
    if (options.checkpoints() == null) {
      Path directory = directory(options, run);
      return new TrainingClaim(
          run,
          directory,
          PublishedDirectory.claim(directory, run.name(), hadoop, console::line),
          null,
          null);
    }
    requireTwoDirectories(options, hadoop);
    TrainingIdentity identity = options.identity(sources);
    Checkpoints checkpoints =
        Checkpoints.claim(options.checkpoints(), run.name(), identity, hadoop, console::line);
    try {
      return resumable(options, run, identity, checkpoints, hadoop, console);
    } catch (Exception e) {
      try (checkpoints) {
        throw e;
      }
    }
  }

  /** The options have been compared as text. One directory may be written in two ways. */
  private static void requireTwoDirectories(TrainingJobOptions options, Configuration hadoop) {
    if (options.out() != null) {
      Path out = PublishedDirectory.qualified(options.out(), hadoop);
      new Problems()
          .require(
              !out.equals(PublishedDirectory.qualified(options.checkpoints().directory(), hadoop)),
              "⟨checkpoint-dir⟩ and ⟨out⟩ are both %s; the checkpoints need a directory of their own",
              out)
          .throwIfAny();
    }
  }

  private static TrainingClaim resumable(
      TrainingJobOptions options,
      RunId newRun,
      TrainingIdentity identity,
      Checkpoints checkpoints,
      Configuration hadoop,
      Console console)
      throws IOException {
    CheckpointOwner earlier = checkpoints.earlier();
    Path target =
        options.out() == null ? null : PublishedDirectory.qualified(options.out(), hadoop);
    Path earlierTarget = earlier == null ? null : earlierTarget(earlier, target);
    Optional<PublishedModel> complete =
        earlier == null
            ? Optional.empty()
            : PublishedModel.of(earlierTarget, earlier.run().id(), hadoop);
    if (complete.isPresent()) {
      boolean same = identity.equals(earlier.run().identity());
      if (same && (target == null || target.equals(earlierTarget))) {
        console.line(
            String.format(
                Locale.ROOT,
                "run %s is complete already: only its checkpoints were left",
                earlier.run().id()));
        PublishedDirectory.removeAbandoned(
            earlierTarget, UUID.fromString(earlier.pending()), hadoop);
        return new TrainingClaim(
            id(earlier.run()), earlierTarget, null, checkpoints, complete.get());
      }
      console.line(
          String.format(
              Locale.ROOT,
              "run %s of this checkpoint directory is complete: its checkpoints go, and this is a new run",
              earlier.run().id()));
      checkpoints.replaceComplete();
    }
    CheckpointedRun unfinished = complete.isPresent() ? null : checkpoints.unfinished(identity);
    RunId run = unfinished == null ? newRun : id(unfinished);
    boolean takesTarget =
        options.out() == null && unfinished != null && earlier != null && complete.isEmpty();
    Path directory = takesTarget ? earlierTarget : directory(options, run);
    PublishedDirectory output =
        PublishedDirectory.claim(directory, run.name(), hadoop, console::line);
    checkpoints.begin(
        new CheckpointedRun(run.name(), run.started().toString(), identity.values()),
        Redaction.uris(PublishedDirectory.qualified(directory, hadoop).toString()),
        output.id(),
        earlierTarget);
    return new TrainingClaim(run, directory, output, checkpoints, null);
  }

  /**
   * The model directory of an earlier run. If its address holds a password, that is known only if
   * the user names the directory again.
   */
  private static Path earlierTarget(CheckpointOwner earlier, Path target) {
    return target != null && Redaction.uris(target.toString()).equals(earlier.target())
        ? target
        : new Path(earlier.target());
  }

  private static RunId id(CheckpointedRun run) {
    return new RunId(Instant.parse(run.started()), run.id());
  }

  private static Path directory(TrainingJobOptions options, RunId run) {
    return options.out() == null ? new Path("models", run.name()) : options.out();
  }

  /** Which run this is. */
  public RunId run() {
    return run;
  }

  /** The model's directory, as the user named it. */
  public Path directory() {
    return directory;
  }

  /** The directory that the model's files are written to. It is published as a whole. */
  public PublishedDirectory output() {
    return output;
  }

  /** Opens files in that directory, and remembers the SHA-256 of each. */
  public DigestedFiles files() {
    return files;
  }

  /** The checkpoints that the training resumes from and writes; null for none. */
  Checkpoints checkpoints() {
    return checkpoints;
  }

  /**
   * The model of a run that was killed after it had published it, with only its checkpoints left;
   * otherwise empty. If there is one, all is done, and there is nothing to write to.
   */
  public Optional<PublishedModel> published() {
    return Optional.ofNullable(published);
  }

  /**
   * Writes a checkpoint of the last update, and no other after it, because the run is to end.
   *
   * @return the newest checkpoint; null if there is none
   */
  public Path saveLastCheckpoint() {
    return checkpoints == null ? null : checkpoints.saveLast();
  }

  /** Opens a file of the model's directory for reading, which is not published yet. */
  public InputStream read(String name) throws IOException {
    return output.read(name);
  }

  /** Removes the checkpoints, if there are any, because the run is over or must not be resumed. */
  public void removeCheckpoints() throws IOException {
    if (checkpoints != null) {
      checkpoints.clear();
    }
  }

  @Override
  public void close() throws IOException {
    try (checkpoints;
        output) {
      // Java closes them in reverse order, and skips one that is null.
    }
  }
}
