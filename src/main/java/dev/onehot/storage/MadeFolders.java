package dev.onehot.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Folders that a run creates, and removes again if they are empty.
 *
 * @param paths the folders, the lowest first
 */
public record MadeFolders(List<Path> paths) {

  public MadeFolders {
    paths = List.copyOf(paths);
  }

  /** A folder and its parents, as far as they do not exist yet. */
  public static MadeFolders missing(FileSystem files, Path folder) throws IOException {
    List<Path> missing = new ArrayList<>();
    for (Path path = folder; path != null && !files.exists(path); path = path.getParent()) {
      missing.add(path);
    }
    return new MadeFolders(missing);
  }

  /** Removes empty folders from the lowest upwards. Stops at the first that is not empty. */
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
