package dev.onehot.checkpoint;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.storage.Claim;
import dev.onehot.storage.ClaimedException;
import dev.onehot.storage.MadeFolders;
import dev.onehot.storage.Storage;
import dev.onehot.storage.WholeFile;
import dev.onehot.train.TrainingSnapshot;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files of a checkpoint directory. It leaves files with other names alone. */
final class CheckpointDirectory {

  private static final String CHECKPOINT_NAME = "checkpoint-\\d{10}";
  private static final Pattern CHECKPOINT = Pattern.compile(CHECKPOINT_NAME);
  private static final String CLAIM = ".claim";
  private static final List<Pattern> HALF_WRITTEN =
      List.of(WholeFile.aside(CHECKPOINT_NAME), OwnerFile.ASIDE);
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileSystem files;
  private final Path path;
  private final MadeFolders made;
  private final Claim claim;
  private final OwnerFile ownerFile;

  /** The last checkpoint that was written or resumed from. The next write keeps it. */
  private Path latest;

  /**
   * A checkpoint whose checksum is right.
   *
   * @param path the file
   * @param header its header
   */
  record Found(Path path, CheckpointHeader header) {}

  private CheckpointDirectory(FileSystem files, Path path, MadeFolders made, Claim claim) {
    this.files = files;
    this.path = path;
    this.made = made;
    this.claim = claim;
    ownerFile = new OwnerFile(files, path);
  }

  /**
   * Claims the directory. Creates it if it is missing. Otherwise changes nothing in it but for the
   * claim, which {@link #release} removes.
   *
   * @param run the id of this run
   * @param say gets a line if the claim of a run that no longer lives is taken over
   * @throws InvalidSettingsException if it cannot be written, or if another run uses it
   */
  static CheckpointDirectory claim(
      Path directory, String run, Configuration hadoop, Consumer<String> say) {
    try {
      FileSystem files = Storage.of(directory, hadoop);
      Path path = files.makeQualified(directory);
      MadeFolders made = MadeFolders.missing(files, path);
      try {
        if (!files.mkdirs(path)) {
          throw new IOException("mkdir failed");
        }
        Claim claim =
            Claim.take(
                files,
                new Path(path, CLAIM),
                run,
                hadoop,
                line -> say.accept(SettingNames.format("⟨checkpoint-dir⟩ %s: %s", path, line)));
        return new CheckpointDirectory(files, path, made, claim);
      } catch (ClaimedException e) {
        throw Refusal.inUse(path, e);
      } catch (IOException e) {
        made.removeEmpty(files);
        throw e;
      }
    } catch (IOException e) {
      throw Refusal.unwritable(directory, e);
    }
  }

  /** The run that owns or owned the directory, for a label; null if that is unknown. */
  static CheckpointOwner glimpse(Path directory, Configuration hadoop) {
    try {
      return new OwnerFile(Storage.of(directory, hadoop), directory).read();
    } catch (IOException e) {
      return null;
    }
  }

  /** Makes sure that no other run has claimed the directory since {@link #claim}. */
  void requireStillOurs() throws IOException {
    claim.require();
  }

  /** Takes the place of the run before for good. */
  void inherit() {
    claim.inherit();
  }

  /** Gives the claim up. */
  void release() {
    try {
      claim.close();
    } catch (IOException e) {
      // The claim of a process that has ended holds nobody up.
    }
  }

  Path path() {
    return path;
  }

  /** The folders that {@link #claim} created. */
  MadeFolders made() {
    return made;
  }

  /** The file that names the owner of the directory. */
  OwnerFile ownerFile() {
    return ownerFile;
  }

  /**
   * The newest undamaged checkpoint, or null.
   *
   * @param say gets a line for each damaged checkpoint, which is skipped
   * @throws ForeignVersionException if the newest undamaged one has another format version
   */
  Found newest(Consumer<String> say) throws IOException {
    for (FileStatus file : checkpoints()) {
      try {
        try (InputStream in = files.open(file.getPath())) {
          CheckpointFormat.verify(in, file.getLen());
        }
        try (DataInputStream in = open(file.getPath())) {
          latest = file.getPath();
          return new Found(file.getPath(), CheckpointFormat.readHeader(in));
        }
      } catch (ForeignVersionException e) {
        throw e;
      } catch (IOException e) {
        String what =
            e instanceof DamagedCheckpointException
                ? e.getMessage()
                : String.format(
                    Locale.ROOT, "cannot be read (%s)", Storage.reason(e, file.getPath()));
        say.accept(
            String.format(
                Locale.ROOT, "warning: checkpoint %s %s; passed over", file.getPath(), what));
      }
    }
    latest = null;
    return null;
  }

  TrainingSnapshot read(Found found) throws IOException {
    try (DataInputStream in = open(found.path())) {
      CheckpointFormat.readHeader(in);
      return CheckpointFormat.readSnapshot(in);
    }
  }

  private DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(files.open(file), BUFFER_BYTES));
  }

  /**
   * Adds a checkpoint. Keeps it and the one before it, and removes all others.
   *
   * @throws IOException if it cannot be written; then the earlier checkpoints are still there, and
   *     no part of the new one is
   */
  Path write(CheckpointHeader header, TrainingSnapshot snapshot) throws IOException {
    Path file =
        new Path(path, String.format(Locale.ROOT, "checkpoint-%010d", snapshot.iteration()));
    WholeFile.write(files, file, out -> CheckpointFormat.write(out, header, snapshot));
    Path before = latest;
    latest = file;
    removeAllBut(file, before);
    return file;
  }

  private void removeAllBut(Path file, Path before) {
    try {
      for (FileStatus old : checkpoints()) {
        if (!old.getPath().equals(file) && !old.getPath().equals(before)) {
          files.delete(old.getPath(), false);
        }
      }
    } catch (IOException e) {
      // This checkpoint is written. The next one tries again to remove old ones.
    }
  }

  /** The last checkpoint that was written or resumed from; null if there is none. */
  Path latest() {
    return latest;
  }

  boolean hasCheckpoints() throws IOException {
    return !checkpoints().isEmpty();
  }

  /** All checkpoints, the newest first. */
  private List<FileStatus> checkpoints() throws IOException {
    List<FileStatus> found = Storage.named(files, path, CHECKPOINT);
    found.sort(Comparator.comparing((FileStatus file) -> file.getPath().getName()).reversed());
    return found;
  }

  /** Removes files that a killed run did not finish writing. */
  void removeHalfWritten() throws IOException {
    for (Pattern halfWritten : HALF_WRITTEN) {
      for (FileStatus file : Storage.named(files, path, halfWritten)) {
        files.delete(file.getPath(), false);
      }
    }
  }

  /** Removes the checkpoints, and then the owner file. */
  void clear() throws IOException {
    for (FileStatus file : checkpoints()) {
      files.delete(file.getPath(), false);
    }
    latest = null;
    removeHalfWritten();
    ownerFile.delete();
    claim.inherit();
  }

  /** Removes those of the folders that are empty. */
  void remove(MadeFolders folders) throws IOException {
    folders.removeEmpty(files);
  }
}
