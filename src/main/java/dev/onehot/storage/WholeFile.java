package dev.onehot.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes a file so that it appears under its name whole or not at all. */
public final class WholeFile {

  private WholeFile() {}

  /** Writes a file's bytes. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Matches the hidden names that files are written under.
   *
   * @param name a regular expression for the names of the files
   */
  public static Pattern aside(String name) {
    return Pattern.compile("\\.(?:" + name + ")\\.[0-9a-f-]{36}\\.pending");
  }

  /** A new hidden name for a file. It is unique, as two processes may write the same file. */
  static Path aside(Path file) {
    return Storage.child(
        file.getParent(),
        String.format(Locale.ROOT, ".%s.%s.pending", file.getName(), UUID.randomUUID()));
  }

  /**
   * Writes a file under a hidden name, syncs it to disk if the file system can do so, and renames
   * it. Replaces a file with that name; on local disks and on HDFS there is always the old or the
   * new one. An object store gets it under its own name: there a file appears whole, when it is
   * closed.
   *
   * @throws IOException if writing fails; then no part of the new file is left, and the old file is
   *     still there
   */
  public static void write(FileSystem files, Path file, Content content) throws IOException {
    if (ObjectStore.holds(files)) {
      PutIfAbsent.replace(files, file, content);
    } else {
      write(files, file, content, Renames::replacing);
    }
  }

  /**
   * Writes a file like {@link #write}, but only if nothing has its name. Of several processes that
   * try at once, one succeeds.
   *
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if something has the name
   * @throws IOException also if it is to be in an object store that cannot do this
   */
  public static void create(FileSystem files, Path file, Content content) throws IOException {
    if (ObjectStore.holds(files)) {
      PutIfAbsent.put(files, file, content);
    } else {
      write(files, file, content, Renames::toNew);
    }
  }

  @FunctionalInterface
  private interface Rename {
    void rename(FileSystem files, Path from, Path to) throws IOException;
  }

  private static void write(FileSystem files, Path file, Content content, Rename last)
      throws IOException {
    Path aside = aside(file);
    try {
      // Not recursive: a folder that was removed meanwhile must not be created again.
      try (OutputStream out =
          new SyncedOutputStream(files.createFile(aside).overwrite(true).build())) {
        content.writeTo(out);
      }
      last.rename(files, aside, file);
    } catch (IOException | RuntimeException e) {
      discard(files, aside, e);
      throw e;
    }
    Renames.sync(files, file.getParent());
  }

  private static void discard(FileSystem files, Path aside, Exception failure) {
    try {
      files.delete(aside, false);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
