package dev.onehot.checkpoint;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.storage.ClaimedException;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/** Messages that tell the user why a run cannot use its checkpoint directory. */
final class Refusal {

  private Refusal() {}

  static InvalidSettingsException unwritable(Path directory, IOException e) {
    return because(
        directory,
        String.format(
            Locale.ROOT,
            "cannot be written (%s); name a directory that can be created and written",
            Storage.reason(e, directory)),
        e);
  }

  static InvalidSettingsException unreadable(Path path, IOException e) {
    return because(
        path,
        String.format(
            Locale.ROOT,
            "cannot be read (%s); mend it, or name another directory",
            Storage.reason(e, path)),
        e);
  }

  static InvalidSettingsException inUse(Path directory, ClaimedException e) {
    return because(
        directory,
        String.format(
            Locale.ROOT,
            "%s uses it (%s); wait for its end or end it, or name another directory",
            e.holder(),
            e.where()),
        e);
  }

  static InvalidSettingsException taken(Path directory, ClaimedException e) {
    return because(
        directory,
        String.format(
            Locale.ROOT,
            "%s has taken it meanwhile (%s), and so this one ends; give each run a directory of its own",
            e.holder(),
            e.where()),
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
        String.format(
            Locale.ROOT,
            "its checkpoint %s; use %s, or another or an emptied directory",
            what,
            use),
        cause);
  }

  private static InvalidSettingsException because(Path path, String reason, Exception cause) {
    return new InvalidSettingsException(
        SettingNames.format("⟨checkpoint-dir⟩ %s: %s", path, reason), cause);
  }
}
