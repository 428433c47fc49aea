package dev.onehot.storage;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.OutputException;
import dev.onehot.failure.SettingNames;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A directory that appears whole or not at all. Its files are written into a hidden directory
 * beside it, which {@link #publish} renames. Closing without publishing leaves nothing behind.
 * Neither does an end of the JVM that runs shutdown hooks.
 */
public final class PublishedDirectory implements Closeable {

  private static final int DELETE_ATTEMPTS = 50;
  private static final long DELETE_PAUSE_MILLISECONDS = 100;

  private final FileSystem files;
  private final Path target;
  private final Path pending;
  private final MadeFolders madeAbove;
  private boolean published;
  private boolean closed;

  private PublishedDirectory(FileSystem files, Path target, Path pending, MadeFolders madeAbove) {
    this.files = files;
    this.target = target;
    this.pending = pending;
    this.madeAbove = madeAbove;
  }

  /**
   * Claims a directory before a job starts any work.
   *
   * @throws InvalidSettingsException if the directory exists and is not empty, is a file, or cannot
   *     be written
   */
  public static PublishedDirectory create(Path directory, Configuration hadoop) {
    return create(directory, UUID.randomUUID(), hadoop);
  }

  /**
   * Claims a directory with a hidden name that the caller knows, so that {@link #removeAbandoned}
   * can find it.
   *
   * @param id the unique part of the hidden name
   */
  public static PublishedDirectory create(Path directory, UUID id, Configuration hadoop) {
    try {
      FileSystem files = Storage.of(directory, hadoop);
      Path target = files.makeQualified(directory);
      requireVacant(files, target);
      Path pending = pending(target, id);
      MadeFolders missingAbove = MadeFolders.missing(files, target.getParent());
      if (!files.mkdirs(pending)) {
        throw new IOException("mkdir failed");
      }
      files.deleteOnExit(pending);
      return new PublishedDirectory(files, target, pending, missingAbove);
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  /**
   * Removes the hidden directory of a process that was killed before it could publish or close.
   * Does nothing if there is none.
   *
   * @param directory the directory given to {@link #create}
   * @param id the id given to {@link #create}
   */
  public static void removeAbandoned(Path directory, UUID id, Configuration hadoop)
      throws IOException {
    FileSystem files = Storage.of(directory, hadoop);
    files.delete(pending(files.makeQualified(directory), id), true);
  }

  /**
   * A directory's fully qualified path.
   *
   * @throws InvalidSettingsException if its file system cannot be reached
   */
  public static Path qualified(Path directory, Configuration hadoop) {
    try {
      return Storage.of(directory, hadoop).makeQualified(directory);
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  private static InvalidSettingsException unwritable(Path directory, IOException cause) {
    return new InvalidSettingsException(
        SettingNames.format(
            "⟨out⟩ %s: cannot be written (%s); name a directory that can be created",
            directory, Storage.reason(cause, directory)),
        cause);
  }

  private static Path pending(Path target, UUID id) {
    return new Path(target.getParent(), "." + target.getName() + ".pending-" + id);
  }

  private static void requireVacant(FileSystem files, Path target) throws IOException {
    if (target.isRoot()) {
      throw new InvalidSettingsException(
          SettingNames.format("⟨out⟩ %s: is the root; name a directory below it", target));
    }
    if (!files.exists(target)) {
      return;
    }
    if (!files.getFileStatus(target).isDirectory()) {
      throw new InvalidSettingsException(
          SettingNames.format("⟨out⟩ %s: exists and is a file; name a new directory", target));
    }
    FileStatus[] inside = files.listStatus(target);
    if (inside.length > 0) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨out⟩ %s: exists and isn't empty (it holds %s%s); name a new directory or empty this one",
              target,
              inside[0].getPath().getName(),
              inside.length > 1 ? " and %,d more".formatted(inside.length - 1) : ""));
    }
  }

  /** The path that the directory will have. */
  public Path target() {
    return target;
  }

  /** The path of the hidden directory, for writers on other machines. */
  public Path pending() {
    return pending;
  }

  /**
   * Opens a new file of the directory for writing.
   *
   * @throws OutputException if it cannot be created
   */
  public OutputStream newFile(String name) {
    try {
      return Storage.newFile(files, new Path(pending, name));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Writes a whole file.
   *
   * @throws OutputException if it cannot be written
   */
  public void write(String name, byte[] content) {
    try (OutputStream out = newFile(name)) {
      out.write(content);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * Gives the directory its name.
   *
   * @throws OutputException if something else has taken the name meanwhile, or the rename failed
   * @throws IllegalStateException if it was published or closed before
   */
  public void publish() {
    if (published || closed) {
      throw new IllegalStateException(
          "%s was %s before".formatted(target, published ? "published" : "closed"));
    }
    try {
      // This deletes only an empty directory, such as one that was there at the start. A filled one
      // stays, and publishing fails.
      if (files.exists(target) && !files.delete(target, false)) {
        throw new IOException("something else is there now");
      }
      if (!files.rename(pending, target)) {
        throw new IOException("renaming " + pending.getName() + " failed");
      }
      published = true;
      files.cancelDeleteOnExit(pending);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The failure for the user if writing into this directory fails. */
  public OutputException failure(IOException cause) {
    return new OutputException(
        SettingNames.format(
            "⟨out⟩ %s: writing failed (%s); nothing was published",
            target, Storage.reason(cause, target)),
        cause);
  }

  /**
   * Removes the files unless they were published, and also the parent folders that were created for
   * them, if these are empty.
   */
  @Override
  public void close() throws IOException {
    if (published || closed) {
      return;
    }
    closed = true;
    deletePending();
    files.cancelDeleteOnExit(pending);
    madeAbove.removeEmpty(files);
  }

  /**
   * Deletes the hidden directory until it is gone: tasks that do not know yet that their job failed
   * may add files.
   */
  private void deletePending() throws IOException {
    for (int attempt = 1; true; attempt++) {
      files.delete(pending, true);
      if (!files.exists(pending)) {
        return;
      }
      if (attempt == DELETE_ATTEMPTS) {
        throw new IOException(pending + " cannot be deleted");
      }
      try {
        Thread.sleep(DELETE_PAUSE_MILLISECONDS);
      } catch (InterruptedException e) {
        throw new InterruptedIOException("interrupted while deleting " + pending);
      }
    }
  }
}
