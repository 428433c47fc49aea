package dev.onehot.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where the files of a run appear, and how. */
sealed interface Place permits NewDirectory, ExistingDirectory, PutDirectory {

  /** The name of the list of files that are about to appear. */
  String LIST = ".publishing";

  FileSystem files();

  /** The directory that the files appear in. */
  Path target();

  /** The first file of the claim. */
  Path claim();

  /** The hidden directory or file that is there as long as a run has not finished. */
  Path pending(UUID id);

  /** The directory that a run writes its files into. */
  default Path folder(UUID id) {
    return pending(id);
  }

  /**
   * Whether files appear when they are closed. The last one, which says that all are there, is then
   * held back until {@link #publish}.
   */
  default boolean holdsLast() {
    return false;
  }

  /** Makes the place ready for a run's files. */
  default void begin(UUID id) throws IOException {
    if (!files().mkdirs(pending(id))) {
      throw new IOException("mkdir failed");
    }
  }

  /** Opens a new file of a run. */
  default OutputStream newFile(UUID id, String name) throws IOException {
    return Storage.newFile(files(), Storage.child(folder(id), name));
  }

  /**
   * Makes sure that the place has nothing but what the given runs left, which no longer live.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if it has
   */
  void requireVacant(List<UUID> abandoned) throws IOException;

  /** Removes what a run has left that no longer lives, or that has failed. */
  void removeAbandoned(UUID id) throws IOException;

  /**
   * Makes a run's files appear, all of them or none.
   *
   * @param names the files in the order in which they appear, if they appear one by one
   * @param last the file that was held back; null if there is none
   */
  void publish(UUID id, List<String> names, LastFile last) throws IOException;
}
