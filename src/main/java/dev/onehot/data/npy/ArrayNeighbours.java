package dev.onehot.data.npy;

import dev.onehot.data.RowFiles;
import dev.onehot.storage.Storage;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The files of arrays that lie beside others. A folder is listed once. */
final class ArrayNeighbours {

  private final Configuration hadoop;

  /** For each folder its files by their names, in small letters and without endings. */
  private final Map<Path, Map<String, Path>> folders = new HashMap<>();

  ArrayNeighbours(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** The first of some names that a file beside another has. */
  Optional<Path> find(Path file, List<String> names) {
    Map<String, Path> beside = folders.computeIfAbsent(folder(file), this::list);
    return names.stream()
        .filter(beside::containsKey)
        .map(beside::get)
        .filter(found -> !found.getName().equals(file.getName()))
        .findFirst();
  }

  private static Path folder(Path file) {
    return file.getParent() == null ? new Path(".") : file.getParent();
  }

  private Map<String, Path> list(Path folder) {
    Map<String, Path> files = new HashMap<>();
    for (FileStatus status : RowFiles.in(folder, hadoop)) {
      String name = status.getPath().getName();
      if (status.isFile() && name.toLowerCase(Locale.ROOT).matches(".*\\.np[yz](\\.gz)?")) {
        // As the user writes the folder. A raw file comes before its compressed twin.
        files.putIfAbsent(
            ArrayNames.lower(ArrayFile.stem(status.getPath())), Storage.child(folder, name));
      }
    }
    return files;
  }
}
