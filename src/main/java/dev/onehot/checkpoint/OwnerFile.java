package dev.onehot.checkpoint;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.storage.Storage;
import dev.onehot.storage.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The file of a checkpoint directory that says which run has it, or had it last. */
final class OwnerFile {

  private static final String NAME = "training.json";

  /** What a run that was killed while it wrote it leaves. */
  static final Pattern ASIDE = WholeFile.aside(Pattern.quote(NAME));

  private final FileSystem files;
  private final Path directory;
  private final Path path;

  OwnerFile(FileSystem files, Path directory) {
    this.files = files;
    this.directory = directory;
    path = new Path(directory, NAME);
  }

  /** What it says; null if there is none that makes sense. */
  CheckpointOwner read() throws IOException {
    List<Path> candidates = new ArrayList<>(List.of(path));
    // Without the file a run may have been killed while it replaced it.
    for (FileStatus file : Storage.named(files, directory, ASIDE)) {
      candidates.add(file.getPath());
    }
    for (Path file : candidates) {
      try {
        if (files.exists(file)) {
          return read(file);
        }
      } catch (IllegalArgumentException e) {
        // What it would have said only helps to clean up; the checkpoints speak for themselves.
      }
    }
    return null;
  }

  private CheckpointOwner read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return CheckpointOwner.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  void write(CheckpointOwner owner) throws IOException {
    byte[] json = owner.json().getBytes(StandardCharsets.UTF_8);
    WholeFile.write(files, path, out -> out.write(json));
  }

  void delete() throws IOException {
    files.delete(path, false);
  }

  /**
   * Sees to it that no other process has the directory, as far as that can be known.
   *
   * @throws InvalidSettingsException if one has it
   */
  void requireUnused() {
    CheckpointOwner owner;
    try {
      owner = read();
    } catch (IOException e) {
      throw Refusal.unreadable(directory, e);
    }
    if (owner != null && owner.process() != null && owner.process().isAnotherAlive()) {
      throw Refusal.inUse(directory, owner);
    }
  }

  /**
   * Sees to it that this run is still the owner.
   *
   * @throws InvalidSettingsException if it was
   */
  void requireStillOf(CheckpointOwner ours) throws IOException {
    CheckpointOwner owner = read();
    if (owner != null && !owner.equals(ours)) {
      throw Refusal.taken(directory, owner);
    }
  }
}
