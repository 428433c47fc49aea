package dev.onehot.checkpoint;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.storage.ClaimedException;
import dev.onehot.storage.Storage;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** Messages that tell the user why a run cannot use its checkpoint directory. */
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

  static InvalidSettingsException inUse(Path directory, ClaimedException e) {
    return because(
        directory,
        "%s uses it (%s); wait for its end or end it, or name another directory"
            .formatted(e.holder(), e.where()),
        e);
  }

  static InvalidSettingsException taken(Path directory, ClaimedException e) {
    return because(
        directory,
        "%s has taken it meanwhile (%s), and so this one ends; give each run a directory of its own"
            .formatted(e.holder(), e.where()),
        e);
  }

  /**
   * The directory holds a checkpoint that this run cannot resume from.
   *
   * @param what what is wrong with the checkpoint, as the end of a sentence
   * @param use what to use instead
   * @param cause null if there is none
   */
  static InvalidSettingsException foreign(
      Path directory, String what, String use, Exception cause) {
    return because(
        directory,
        "its checkpoint %s; use %s, or another or an emptied directory".formatted(what, use),
        cause);
  }

  private static InvalidSettingsException because(Path path, String reason, Exception cause) {
    return new InvalidSettingsException(
        SettingNames.format("⟨checkpoint-dir⟩ %s: %s", path, reason), cause);
  }
}
