package dev.onehot.storage;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * What file systems over object stores can do. Such a store has no folders and renames nothing at
 * once: a rename copies one file after another. But a file appears whole, when it is closed, and
 * good stores put it only if nothing has its name.
 */
final class ObjectStore {

  /** Hadoop's name for putting a file if nothing has its name, which is checked in close. */
  static final String PUT_IF_ABSENT = CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

  private static final Set<String> SCHEMES =
      Set.of("s3a", "gs", "oss", "cosn", "obs", "wasb", "wasbs");

  private ObjectStore() {}

  /** Whether the files are in an object store. Asks the file system's class, not the store. */
  static boolean holds(FileSystem files) throws IOException {
    return SCHEMES.contains(String.valueOf(files.getUri().getScheme())) || putsIfAbsent(files);
  }

  private static boolean putsIfAbsent(FileSystem files) throws IOException {
    return files.hasPathCapability(new Path(files.getUri().resolve("/")), PUT_IF_ABSENT);
  }

  /**
   * Makes sure that Hadoop can put files to this store only if nothing has their names.
   *
   * @throws IOException if it cannot
   */
  static void requirePutIfAbsent(FileSystem files) throws IOException {
    if (!putsIfAbsent(files)) {
      throw new IOException(
          "Hadoop cannot put a file there only if none has its name; use s3a:// with Hadoop 3.4.2 or newer and fs.s3a.create.conditional.enabled=true, or HDFS");
    }
  }
}
