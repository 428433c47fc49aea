package dev.onehot.cli;

import dev.onehot.checkpoint.CheckpointedRun;
import dev.onehot.checkpoint.Checkpoints;
import dev.onehot.checkpoint.Fingerprint;
import dev.onehot.checkpoint.RunMarker;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.report.Console;
import dev.onehot.report.Redaction;
import dev.onehot.report.Verdict;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Which run this is, a new one or one that was killed, and where its model goes.
 *
 * @param id of the run
 * @param directory of the model
 * @param pending makes the hidden name unique that the model is written under
 * @param verdict of a run that was killed when all but its checkpoints was in place; otherwise null
 */
record ClaimedRun(RunId id, Path directory, UUID pending, Verdict verdict) {

  /**
   * Finds out, and makes the checkpoint directory this run's.
   *
   * @param out the model's directory as the user gave it, or null
   * @param checkpoints claimed, or null for none
   * @throws InvalidSettingsException if there are checkpoints of other settings
   */
  static ClaimedRun of(
      Path out,
      Fingerprint settings,
      Checkpoints checkpoints,
      Configuration hadoop,
      Console console)
      throws IOException {
    UUID pending = UUID.randomUUID();
    if (checkpoints == null) {
      RunId id = RunId.next();
      return new ClaimedRun(id, directory(out, id), pending, null);
    }
    Path target = out == null ? null : qualified(out, hadoop);
    RunMarker earlier = checkpoints.earlier();
    Path published = earlier == null ? null : published(earlier, target);
    Verdict verdict =
        earlier == null ? null : PublishedRun.verdict(published, earlier.run().id(), hadoop);
    if (verdict != null) {
      boolean same = settings.difference(earlier.run().fingerprint()) == null;
      if (same && (target == null || target.equals(published))) {
        console.line(
            "run %s is complete already: only its checkpoints were left"
                .formatted(earlier.run().id()));
        return new ClaimedRun(id(earlier.run()), published, pending, verdict);
      }
      console.line(
          "run %s of this checkpoint directory is complete: its checkpoints go, and this is a new run"
              .formatted(earlier.run().id()));
      checkpoints.clear();
      earlier = null;
    }
    CheckpointedRun unfinished = verdict != null ? null : checkpoints.unfinished(settings);
    RunId id = unfinished == null ? RunId.next() : id(unfinished);
    boolean takesTarget = out == null && earlier != null && unfinished != null;
    Path directory = takesTarget ? published : directory(out, id);
    Map<String, String> values = settings.values();
    checkpoints.begin(
        new CheckpointedRun(id.name(), id.started().toString(), values),
        Redaction.uris(qualified(directory, hadoop).toString()),
        pending,
        published);
    return new ClaimedRun(id, directory, pending, null);
  }

  /** Where an earlier run's model goes; with its password, if it had one and is given again. */
  private static Path published(RunMarker earlier, Path target) {
    return target != null && Redaction.uris(target.toString()).equals(earlier.target())
        ? target
        : new Path(earlier.target());
  }

  private static RunId id(CheckpointedRun run) {
    return new RunId(Instant.parse(run.started()), run.id());
  }

  private static Path directory(Path out, RunId id) {
    return out == null ? new Path("models", id.name()) : out;
  }

  private static Path qualified(Path directory, Configuration hadoop) {
    try {
      return Storage.of(directory, hadoop).makeQualified(directory);
    } catch (IOException e) {
      throw new InvalidSettingsException(
          "--out %s: cannot be written (%s); name a directory that can be created"
              .formatted(directory, Storage.reason(e, directory)),
          e);
    }
  }
}
