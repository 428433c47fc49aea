package dev.onehot.registry;

import dev.onehot.model.ModelFiles;
import dev.onehot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The directories of a registry's versions, such as {@code versions/000017}. One without the file
 * that is written last is no version.
 *
 * @param folder the folder of them all
 */
record VersionFolders(FileSystem files, Path folder) {

  /** The directory of a version, there or not. */
  Path directory(int number) {
    return Storage.child(folder, String.format(Locale.ROOT, "%06d", number));
  }

  /** Whether a version is there with all its files. */
  boolean isComplete(int number) throws IOException {
    return files.exists(Storage.child(directory(number), ModelFiles.VERDICT));
  }

  /** The numbers of the complete versions, ascending. */
  List<Integer> complete() throws IOException {
    List<Integer> complete = new ArrayList<>();
    for (int number : numbers()) {
      if (isComplete(number)) {
        complete.add(number);
      }
    }
    return complete;
  }

  /** The numbers of all directories, complete or not, ascending. */
  List<Integer> numbers() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(folder)) {
        String name = status.getPath().getName();
        if (status.isDirectory() && name.matches("\\d{6,9}")) {
          int number = Integer.parseInt(name);
          // A number has one name: 0000007 is somebody else's.
          if (directory(number).getName().equals(name)) {
            numbers.add(number);
          }
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    Collections.sort(numbers);
    return numbers;
  }

  /** Removes a version. Its last file goes first, so that it is none from then on. */
  void remove(int number) throws IOException {
    files.delete(Storage.child(directory(number), ModelFiles.VERDICT), false);
    files.delete(directory(number), true);
  }

  /** Removes directories that are not complete, and hidden files beside them. */
  void removeLeftovers() throws IOException {
    for (int number : numbers()) {
      if (!isComplete(number)) {
        files.delete(directory(number), true);
      }
    }
    for (FileStatus file : files.listStatus(folder)) {
      if (file.getPath().getName().startsWith(".")) {
        files.delete(file.getPath(), true);
      }
    }
  }
}
