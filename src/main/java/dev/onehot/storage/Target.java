package dev.onehot.storage;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds out what the name of an output directory stands for. */
final class Target {

  private Target() {}

  /**
   * The place that a name stands for.
   *
   * @throws InvalidSettingsException if it is a file, the root, or a link to nothing
   */
  static Place place(Path directory, Configuration hadoop) throws IOException {
    FileSystem files = Storage.of(directory, hadoop);
    Path named = files.makeQualified(directory);
    if (named.isRoot()) {
      throw refused(named, "is the root; name a directory below it");
    }
    if (ObjectStore.holds(files)) {
      ObjectStore.requirePutIfAbsent(files);
      if (files.exists(named) && files.getFileStatus(named).isFile()) {
        throw refused(named, "exists and is a file; name a new directory");
      }
      return new PutDirectory(files, named);
    }
    Path target = resolved(files, named);
    if (!files.exists(target)) {
      if (isLink(files, target)) {
        throw refused(
            named,
            String.format(
                Locale.ROOT,
                "is a link to %s, which isn't there; make that folder, or name another directory",
                Files.readSymbolicLink(((LocalDisk) files).nio(target))));
      }
      return new NewDirectory(files, target);
    }
    if (!files.getFileStatus(target).isDirectory()) {
      throw refused(named, "exists and is a file; name a new directory");
    }
    return new ExistingDirectory(files, target);
  }

  /** The places that a run can have had, whatever its directory was then. */
  static List<Place> places(Path directory, Configuration hadoop) throws IOException {
    FileSystem files = Storage.of(directory, hadoop);
    Path target = resolved(files, files.makeQualified(directory));
    return ObjectStore.holds(files)
        ? List.of(new PutDirectory(files, target))
        : List.of(new ExistingDirectory(files, target), new NewDirectory(files, target));
  }

  private static InvalidSettingsException refused(Path directory, String reason) {
    return new InvalidSettingsException(SettingNames.format("⟨out⟩ %s: %s", directory, reason));
  }

  private static boolean isLink(FileSystem files, Path path) {
    return files instanceof LocalDisk disk && Files.isSymbolicLink(disk.nio(path));
  }

  /** The folder that a link leads to; the path itself if it is no link to a folder. */
  static Path resolved(FileSystem files, Path path) throws IOException {
    if (isLink(files, path) && files.exists(path)) {
      return files.makeQualified(new Path(((LocalDisk) files).nio(path).toRealPath().toUri()));
    }
    return path;
  }
}
