package dev.onehot.storage;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where files that are written under a hidden name appear, and how. */
sealed interface Place permits NewDirectory, ExistingDirectory {

  /** The name of the list of files that are about to appear. */
  String LIST = ".publishing";

  FileSystem files();

  /** The directory that the files appear in. */
  Path target();

  /** The first file of the claim. */
  Path claim();

  /** The hidden directory of a run. */
  Path pending(UUID id);

  /**
   * Makes sure that the place has nothing but what the given runs left, which no longer live.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if it has
   */
  void requireVacant(List<UUID> abandoned) throws IOException;

  /** Removes what a run has left that no longer lives. */
  void removeAbandoned(UUID id) throws IOException;

  /**
   * Makes the files of a hidden directory appear, all of them or none.
   *
   * @param names the files in the order in which they appear, if they appear one by one
   */
  void publish(UUID id, List<String> names) throws IOException;
}
