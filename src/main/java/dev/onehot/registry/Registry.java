package dev.onehot.registry;

import dev.onehot.failure.BusyException;
import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.OutputException;
import dev.onehot.failure.SettingNames;
import dev.onehot.model.ModelFiles;
import dev.onehot.storage.ClaimedException;
import dev.onehot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Versions of a model in a directory on any file system:
 *
 * <pre>
 * versions/000001/      immutable model directories; one without run.json is none
 * champion/000001.json  which version is the champion: the highest valid file counts
 * history/000001.json   what each run of the nightly job told of itself
 * checkpoints/          of the run that is going on, or was killed
 * </pre>
 *
 * <p>Nothing is overwritten or renamed once it has its name, so a reader needs no lock.
 */
public final class Registry {

  private static final String VERSIONS = "versions";
  private static final String CHAMPION = "champion";
  private static final String HISTORY = "history";
  private static final String CHECKPOINTS = "checkpoints";

  private final FileSystem files;
  private final Path directory;
  private final Configuration hadoop;

  private Registry(FileSystem files, Path directory, Configuration hadoop) {
    this.files = files;
    this.directory = directory;
    this.hadoop = hadoop;
  }

  /**
   * Opens a registry that is there.
   *
   * @throws InputException if there is none, or its file system cannot be read
   */
  public static Registry open(Path directory, Configuration hadoop) {
    try {
      Registry registry = new Registry(Storage.of(directory, hadoop), directory, hadoop);
      if (!registry.exists()) {
        registry.requireReadable();
        throw new InputException(
            SettingNames.format(
                "⟨registry⟩ %s: is no registry; name one that nightly has written", directory));
      }
      return registry;
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /**
   * Opens a registry, and makes its folders if they are missing.
   *
   * @throws InvalidSettingsException if it cannot be written, or is a model's directory
   */
  public static Registry create(Path directory, Configuration hadoop) {
    try {
      FileSystem files = Storage.of(directory, hadoop);
      if (files.exists(Storage.child(directory, ModelFiles.DESCRIPTION))) {
        // As a registry it would be the model of its champion, and no longer the one it holds.
        throw new InvalidSettingsException(
            SettingNames.format(
                "⟨registry⟩ %s: is a model's directory; name another one", directory));
      }
      for (String folder : List.of(VERSIONS, CHAMPION, HISTORY)) {
        if (!files.mkdirs(Storage.child(directory, folder))) {
          throw new IOException("mkdir failed");
        }
      }
      return new Registry(files, directory, hadoop);
    } catch (IOException e) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨registry⟩ %s: cannot be written (%s); name a directory that can be created",
              directory, Storage.reason(e, directory)),
          e);
    }
  }

  /** Whether a directory is a registry, and not a model's directory, say. */
  public static boolean isAt(Path directory, FileSystem files) throws IOException {
    return files.exists(Storage.child(directory, CHAMPION))
        && files.exists(Storage.child(directory, VERSIONS));
  }

  /**
   * Of what lies in a directory that this user may not read, a file system says it is not there.
   */
  private void requireReadable() throws IOException {
    try {
      files.listStatus(directory);
    } catch (FileNotFoundException e) {
      // There is nothing to read.
    }
  }

  private boolean exists() throws IOException {
    return isAt(directory, files);
  }

  private static InputException unreadable(Path directory, IOException e) {
    return new InputException(
        SettingNames.format(
            "⟨registry⟩ %s: cannot be read (%s)", directory, Storage.reason(e, directory)),
        e);
  }

  /** Its directory, as the user named it. */
  public Path directory() {
    return directory;
  }

  /** Which version is the champion. */
  public Champions champions() {
    return new Champions(new NumberedFiles(files, Storage.child(directory, CHAMPION)), this);
  }

  /**
   * The directory of the champion.
   *
   * @throws InputException if there is none
   */
  public Path champion() throws IOException {
    return champions()
        .current()
        .map(champion -> version(champion.version()))
        .orElseThrow(
            () ->
                new InputException(
                    String.format(
                        Locale.ROOT,
                        "%s: has no champion yet; models promote names one",
                        directory)));
  }

  /** What the runs of the nightly job told of themselves. */
  public NumberedFiles history() {
    return new NumberedFiles(files, Storage.child(directory, HISTORY));
  }

  /** The folder of all checkpoints. */
  public Path checkpoints() {
    return Storage.child(directory, CHECKPOINTS);
  }

  /** The directory of a version, there or not. */
  public Path version(int number) {
    return folders().directory(number);
  }

  /** The numbers of the complete versions, ascending. */
  public List<Integer> versions() throws IOException {
    return folders().complete();
  }

  /** Whether a version is there with all its files. */
  public boolean isComplete(int number) throws IOException {
    return folders().isComplete(number);
  }

  VersionFolders folders() {
    return new VersionFolders(files, Storage.child(directory, VERSIONS));
  }

  /**
   * Makes sure that a version is there.
   *
   * @throws InputException if it isn't; the message names those that are
   */
  public void require(int number) throws IOException {
    if (!isComplete(number)) {
      List<Integer> there = versions();
      throw new InputException(
          SettingNames.format(
              "⟨registry⟩ %s: has no version %d; it has %s",
              directory,
              number,
              there.isEmpty() ? "none" : there.toString().replaceAll("[\\[\\]]", "")));
    }
  }

  /**
   * The number of the next version. A number that was used is not used again, even if its version
   * is gone, or only half of it is left.
   *
   * @param used the highest number that the history knows; 0 for none
   */
  public int nextVersion(int used) throws IOException {
    int highest = used;
    for (int number : folders().numbers()) {
      highest = Math.max(highest, number);
    }
    for (Promotion promotion : champions().all()) {
      highest = Math.max(highest, promotion.version());
    }
    return highest + 1;
  }

  /**
   * Locks the registry for one run.
   *
   * @param run the run's id
   * @param say gets a line if the lock of a run that no longer lives is taken over
   * @throws BusyException if another run holds the lock
   * @throws OutputException if it cannot be written
   */
  public RegistryLock lock(String run, Consumer<String> say) throws IOException {
    try {
      return RegistryLock.take(files, directory, run, hadoop, say);
    } catch (ClaimedException e) {
      throw new BusyException(
          SettingNames.format(
              "⟨registry⟩ %s: %s holds the lock (%s); try again when it has ended",
              directory, e.holder(), e.where()),
          e);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** What a user is told who may read the registry, but not change it, or whose disk is full. */
  OutputException unwritable(IOException e) {
    return new OutputException(
        SettingNames.format(
            "⟨registry⟩ %s: cannot be written (%s); the champion is as it was",
            directory, Storage.reason(e, directory)),
        e);
  }

  /**
   * Removes what killed runs have left of versions, and hidden files of champions and of the
   * history that can get no name any more. Only for the holder of the lock, as nobody else makes
   * versions.
   */
  void removeLeftovers() throws IOException {
    folders().removeLeftovers();
    champions().removeLeftovers();
    history().removeLeftovers();
  }

  /**
   * Removes the checkpoints of a date and of dates before: no run will go on from them. Only for
   * the holder of the lock.
   */
  public void removeCheckpoints(LocalDate upTo) throws IOException {
    try {
      FileStatus[] dates = files.listStatus(checkpoints());
      int left = dates.length;
      for (FileStatus date : dates) {
        // ISO dates are in order as text.
        if (date.getPath().getName().compareTo(upTo.toString()) <= 0) {
          files.delete(date.getPath(), true);
          left--;
        }
      }
      if (left == 0) {
        files.delete(checkpoints(), true);
      }
    } catch (FileNotFoundException e) {
      // There are none.
    }
  }
}
