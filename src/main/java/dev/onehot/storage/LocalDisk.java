package dev.onehot.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * The files of this machine. Hadoop's own class renames by copying if need be, and sets the mode of
 * each file. This one renames atomically, and leaves modes to the process's umask.
 *
 * <p>Tests override single steps, to end a run between any two of them.
 */
class LocalDisk extends RawLocalFileSystem {

  /** Hadoop's own, which it closes at the end of the process. */
  private final FileSystem closedAtExit;

  LocalDisk(RawLocalFileSystem hadoops, Configuration hadoop) throws IOException {
    closedAtExit = hadoops;
    initialize(hadoops.getUri(), hadoop);
  }

  java.nio.file.Path nio(Path path) {
    return pathToFile(path).toPath();
  }

  /** Does nothing: files have the mode that the umask gives them, and some mounts refuse chmod. */
  @Override
  public void setPermission(Path path, FsPermission permission) {}

  /** Syncs the new folders' names, too. */
  @Override
  public boolean mkdirs(Path folder) throws IOException {
    try {
      List<Path> missing = MadeFolders.missing(this, folder).paths();
      Files.createDirectories(nio(folder));
      for (Path made : missing) {
        if (made.getParent() != null) {
          syncNames(made.getParent());
        }
      }
      return true;
    } catch (FileSystemException e) {
      throw explained(e);
    }
  }

  @Override
  public boolean mkdirs(Path folder, FsPermission permission) throws IOException {
    return mkdirs(folder);
  }

  /**
   * Syncs the names in a folder to disk. Linux and macOS let a directory be opened for that; where
   * a system does not, it keeps names safe in its own way, or not at all.
   */
  void syncNames(Path folder) {
    try (FileChannel directory = FileChannel.open(nio(folder), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      // The names are there for all who look now. That they outlive a power cut is not known.
    }
  }

  /** Never removes more than it is asked for: a folder that is filled meanwhile stays. */
  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (recursive) {
      return super.delete(path, true);
    }
    try {
      return Files.deleteIfExists(nio(path));
    } catch (FileSystemException e) {
      throw explained(e);
    }
  }

  /** Renames atomically. Without {@link Options.Rename#OVERWRITE} nothing is ever replaced. */
  @Override
  @SuppressWarnings("deprecation")
  protected void rename(Path from, Path to, Options.Rename... options) throws IOException {
    try {
      if (List.of(options).contains(Options.Rename.OVERWRITE)) {
        move(nio(from), nio(to));
      } else if (Files.isDirectory(nio(from))) {
        renameDirectory(nio(from), nio(to));
      } else {
        renameFile(nio(from), nio(to));
      }
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw new FileAlreadyExistsException(to + " exists");
    } catch (FileSystemException e) {
      throw explained(e);
    }
  }

  /** The system refuses to replace a directory that is not empty, whenever it was filled. */
  private void renameDirectory(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
    requireAbsent(to);
    try {
      move(from, to);
    } catch (FileSystemException e) {
      requireAbsent(to);
      throw e;
    }
  }

  private static void requireAbsent(java.nio.file.Path path) throws IOException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new java.nio.file.FileAlreadyExistsException(path.toString());
    }
  }

  /** A rename would replace a file that is there; a hard link does not. */
  private void renameFile(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
    try {
      link(from, to);
      unlink(from);
    } catch (java.nio.file.FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // The file system has no hard links. An empty file reserves the name.
      reserve(to);
      move(from, to);
    }
  }

  /** Replaces what has the name, in one step. */
  void move(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  void link(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
    Files.createLink(to, from);
  }

  void unlink(java.nio.file.Path path) throws IOException {
    Files.delete(path);
  }

  void reserve(java.nio.file.Path path) throws IOException {
    Files.createFile(path);
  }

  /** Whether {@link #renameFile} was killed between its two steps. */
  boolean isBegun(Path from, Path to) throws IOException {
    return Files.isSameFile(nio(from), nio(to)) || Files.size(nio(to)) == 0;
  }

  /** The same failure with a reason in words. */
  private static IOException explained(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return new IOException(e.getFile() + ": Permission denied", e);
    }
    if (e instanceof java.nio.file.FileAlreadyExistsException) {
      return new IOException(e.getFile() + ": exists and is no folder", e);
    }
    if (e instanceof NoSuchFileException) {
      FileNotFoundException missing = new FileNotFoundException(e.getFile() + ": is not there");
      missing.initCause(e);
      return missing;
    }
    return e;
  }

  @Override
  public boolean deleteOnExit(Path path) throws IOException {
    return closedAtExit.deleteOnExit(path);
  }

  @Override
  public boolean cancelDeleteOnExit(Path path) {
    return closedAtExit.cancelDeleteOnExit(path);
  }
}
