package dev.onehot.storage;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * An output directory's place, and this run's claim on it.
 *
 * @param place where the files appear
 * @param claim lets no other run write there
 * @param madeAbove folders that were made for the claim
 */
record ClaimedPlace(Place place, Claim claim, MadeFolders madeAbove) {

  private static final int ATTEMPTS_TO_MAKE_FOLDERS = 5;

  /**
   * Finds out what a directory's name stands for, and claims it. Writes nothing but the claim.
   *
   * @param run the id of the run
   * @param say gets messages for the user
   * @throws InvalidSettingsException if the directory exists and is not empty, is a file, cannot be
   *     written, or is claimed by another run
   */
  static ClaimedPlace of(Path directory, String run, Configuration hadoop, Consumer<String> say) {
    Consumer<String> marked =
        line -> say.accept(SettingNames.format("⟨out⟩ %s: %s", directory, line));
    try {
      Place place = Target.place(directory, hadoop);
      if (!(place instanceof NewDirectory) && !place.files().exists(place.claim())) {
        place.requireVacant(List.of());
      }
      MadeFolders missing = MadeFolders.missing(place.files(), place.claim().getParent());
      try {
        return new ClaimedPlace(place, claim(place, run, hadoop, marked), missing);
      } catch (IOException | RuntimeException e) {
        missing.removeEmpty(place.files());
        throw e;
      }
    } catch (ClaimedException e) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨out⟩ %s: %s uses it (%s); wait for its end or end it, or name another directory",
              directory, e.holder(), e.where()),
          e);
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  private static Claim claim(Place place, String run, Configuration hadoop, Consumer<String> say)
      throws IOException {
    Claim claim = take(place, run, hadoop, say);
    try {
      place.requireVacant(claim.abandoned());
      return claim;
    } catch (IOException | RuntimeException e) {
      claim.close();
      throw e;
    }
  }

  private static Claim take(Place place, String run, Configuration hadoop, Consumer<String> say)
      throws IOException {
    Path folder = place.claim().getParent();
    for (int attempt = 1; true; attempt++) {
      if (!place.files().mkdirs(folder)) {
        throw new IOException("mkdir failed");
      }
      try {
        return Claim.take(place.files(), place.claim(), run, hadoop, say);
      } catch (ClaimedException e) {
        throw e;
      } catch (IOException e) {
        // Perhaps a run that was refused has removed the empty folder again.
        if (!(e instanceof FileNotFoundException) || attempt == ATTEMPTS_TO_MAKE_FOLDERS) {
          throw new IOException(Storage.reason(e, folder), e);
        }
      }
    }
  }

  static InvalidSettingsException unwritable(Path directory, IOException cause) {
    return new InvalidSettingsException(
        SettingNames.format(
            "⟨out⟩ %s: cannot be written (%s); name a directory that can be created",
            directory, Storage.reason(cause, directory)),
        cause);
  }

  /** Gives the claim up, and removes the folders above that were made for it and are empty. */
  void release() throws IOException {
    claim.close();
    madeAbove.removeEmpty(place.files());
  }
}
