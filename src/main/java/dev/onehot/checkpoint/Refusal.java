package dev.onehot.checkpoint;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.storage.Storage;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** Why a run can't have its checkpoint directory, as the user is told. */
final class Refusal {

  private Refusal() {}

  static InvalidSettingsException unwritable(Path directory, IOException e) {
    return because(
        directory,
        "cannot be written (%s); name a directory that can be created and written"
            .formatted(Storage.reason(e, directory)),
        e);
  }

  static InvalidSettingsException unreadable(Path path, IOException e) {
    return because(
        path,
        "cannot be read (%s); mend it, or name another directory"
            .formatted(Storage.reason(e, path)),
        e);
  }

  static InvalidSettingsException inUse(Path directory, CheckpointOwner other) {
    return because(
        directory,
        "run %s uses it (%s); wait for its end or end it, or name another directory"
            .formatted(other.run().id(), other.process()),
        null);
  }

  static InvalidSettingsException taken(Path directory, CheckpointOwner other) {
    return because(
        directory,
        "run %s has taken it meanwhile (%s), and so this one ends; give each run a directory of its own"
            .formatted(other.run().id(), other.process()),
        null);
  }

  static InvalidSettingsException ofAnotherVersion(Path directory, ForeignVersionException e) {
    return because(
        directory,
        "its checkpoint %s; use the Onehot that wrote it, or another or an emptied directory"
            .formatted(e.getMessage()),
        e);
  }

  /**
   * @param difference between what the checkpoint was made with and what this run has
   */
  static InvalidSettingsException ofAnotherTraining(Path directory, String difference) {
    return because(
        directory,
        "its checkpoint is of %s; use the same settings and data, or another or an emptied directory"
            .formatted(difference),
        null);
  }

  private static InvalidSettingsException because(Path path, String reason, Exception cause) {
    return new InvalidSettingsException(
        SettingNames.format("⟨checkpoint-dir⟩ %s: %s", path, reason), cause);
  }
}
