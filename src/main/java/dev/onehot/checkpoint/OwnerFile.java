package dev.onehot.checkpoint;

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

/**
 * The file in a checkpoint directory that names its owner: the run that uses it now or used it
 * last.
 */
final class OwnerFile {

  private static final String NAME = "training.json";

  /** The names of files that a run leaves if it is killed while it writes this file. */
  static final Pattern ASIDE = WholeFile.aside(Pattern.quote(NAME));

  private final FileSystem files;
  private final Path directory;
  private final Path path;

  OwnerFile(FileSystem files, Path directory) {
    this.files = files;
    this.directory = directory;
    path = new Path(directory, NAME);
  }

  /** The owner that the file names; null if there is no readable one. */
  CheckpointOwner read() throws IOException {
    List<Path> candidates = new ArrayList<>(List.of(path));
    // If the file is missing, a run may have been killed while replacing it, on a file system that
    // cannot replace a file at once.
    for (FileStatus file : Storage.named(files, directory, ASIDE)) {
      candidates.add(file.getPath());
    }
    for (Path file : candidates) {
      try {
        if (files.exists(file)) {
          return read(file);
        }
      } catch (IllegalArgumentException e) {
        // The owner is only needed to clean up. Checkpoints name their run themselves.
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
}
