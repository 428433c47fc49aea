package dev.onehot.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Folders that a run makes, and removes again if nothing is in them.
 *
 * @param paths from the lowest upwards
 */
public record MadeFolders(List<Path> paths) {

  public MadeFolders {
    paths = List.copyOf(paths);
  }

  /** A folder and those above it, as far as they don't exist yet. */
  public static MadeFolders missing(FileSystem files, Path folder) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path path = folder; path != null && !files.exists(path); path = path.getParent()) {
      missing.add(path);
    }
    return new MadeFolders(missing);
  }

  /** Removes them from the lowest up to the first that others use meanwhile. */
  public void removeEmpty(FileSystem files) throws IOException {
    for (Path folder : paths) {
      if (files.exists(folder)) {
        if (files.listStatus(folder).length > 0) {
          return;
        }
        files.delete(folder, false);
      }
    }
  }
}
