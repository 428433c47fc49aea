package dev.onehot.storage;

import dev.onehot.failure.OutputException;
import dev.onehot.failure.SettingNames;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files that tasks write into a {@link PublishedDirectory}, perhaps on other machines. Spark
 * may make several attempts at a file, even at the same time, and may kill any of them. All
 * attempts write the same bytes, so any attempt's {@link TaskFile} will do.
 *
 * @param target the directory's name for messages
 * @param pending the directory that receives the files, which is hidden where there are renames
 */
public record TaskFiles(String target, Path pending) implements Serializable {

  private static final int DELETE_ATTEMPTS = 10;

  /**
   * The folder for the files of attempts. Once it is removed, an attempt that nobody waits for any
   * more finds no place to begin a file: none appears in a directory that has been published.
   */
  Path attempts() {
    return Storage.child(pending, ".attempts");
  }

  /**
   * Begins a file.
   *
   * @throws IOException if it cannot be created
   */
  public TaskFile begin(String name, Configuration hadoop) throws IOException {
    return TaskFile.create(Storage.of(pending, hadoop), attempts(), Storage.child(pending, name));
  }

  /** The failure for the user if a task cannot write a file. */
  public OutputException failure(String name, IOException cause) {
    return new OutputException(
        SettingNames.format(
            "⟨out⟩ %s: writing %s failed (%s); nothing was published", target, name, reason(cause)),
        cause);
  }

  private String reason(IOException failure) {
    return failure instanceof FileNotFoundException
        ? "the directory isn't there; every machine must reach it"
        : Storage.reason(failure, pending);
  }

  /**
   * Removes the files of failed and superfluous attempts, and makes sure that every file is there.
   * To be called when all tasks have ended.
   *
   * @param expected the length of each file
   * @throws IOException if a file is missing or has another length
   */
  public void tidy(Map<String, Long> expected, Configuration hadoop) throws IOException {
    Map<String, Long> missing = new HashMap<>(expected);
    FileSystem files = Storage.of(pending, hadoop);
    removeAttempts(files);
    for (FileStatus file : files.listStatus(pending)) {
      String name = file.getPath().getName();
      if (PutDirectory.isOfAClaim(name)) {
        // In an object store this is the directory itself.
        continue;
      }
      Long bytes = missing.remove(name);
      if (bytes == null) {
        files.delete(file.getPath(), true);
      } else if (bytes != file.getLen()) {
        throw new IOException(
            String.format(Locale.ROOT, "%s has %d of %d bytes", name, file.getLen(), bytes));
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s is missing; every machine must reach the directory",
              missing.keySet().iterator().next()));
    }
  }

  /** An attempt may begin a file while the folder is removed. */
  private void removeAttempts(FileSystem files) throws IOException {
    for (int attempt = 1; files.exists(attempts()); attempt++) {
      if (attempt > DELETE_ATTEMPTS) {
        throw new IOException(attempts() + " cannot be deleted");
      }
      files.delete(attempts(), true);
    }
  }
}
