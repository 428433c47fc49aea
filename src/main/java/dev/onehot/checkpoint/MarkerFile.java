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
final class MarkerFile {

  private static final String NAME = "training.json";

  /** What a run that was killed while it wrote it leaves. */
  static final Pattern ASIDE = WholeFile.aside(Pattern.quote(NAME));

  private final FileSystem files;
  private final Path directory;
  private final Path path;

  MarkerFile(FileSystem files, Path directory) {
    this.files = files;
    this.directory = directory;
    path = new Path(directory, NAME);
  }

  /** What it says; null if there is none that makes sense. */
  RunMarker read() throws IOException {
    List<Path> candidates = new ArrayList<>(List.of(path));
    // Without a marker a run may have been killed while it replaced it.
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

  private RunMarker read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return RunMarker.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  void write(RunMarker marker) throws IOException {
    byte[] json = marker.json().getBytes(StandardCharsets.UTF_8);
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
    RunMarker marker;
    try {
      marker = read();
    } catch (IOException e) {
      throw Refusal.unreadable(directory, e);
    }
    if (marker != null && marker.process() != null && marker.process().isAnotherAlive()) {
      throw Refusal.inUse(directory, marker);
    }
  }

  /**
   * Sees to it that a run's marker was not replaced by another run's.
   *
   * @throws InvalidSettingsException if it was
   */
  void requireStillOf(RunMarker ours) throws IOException {
    RunMarker marker = read();
    if (marker != null && !marker.equals(ours)) {
      throw Refusal.taken(directory, marker);
    }
  }
}
