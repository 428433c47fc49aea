package dev.onehot.storage;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * Renames that say what happens to a target that is there. {@link FileSystem#rename(Path, Path)}
 * leaves that open: it may move into the target, copy into it, or refuse.
 *
 * <p>They are atomic on local disks and on HDFS. On other file systems they are as good as their
 * {@link FileSystem}: by default that looks at the target first, and then renames.
 */
final class Renames {

  private Renames() {}

  /**
   * Renames a file or directory to a name that nothing has.
   *
   * @throws org.apache.hadoop.fs.FileAlreadyExistsException if something has the name
   */
  static void toNew(FileSystem files, Path from, Path to) throws IOException {
    new Opened(files).rename(from, to, Options.Rename.NONE);
  }

  /** Renames a file. Replaces the file that has the name, if there is one. */
  static void replacing(FileSystem files, Path from, Path to) throws IOException {
    new Opened(files).rename(from, to, Options.Rename.OVERWRITE);
  }

  /**
   * Whether a process was killed while it renamed a file to a name that nothing had. On a local
   * disk the file then has both names, or something empty has the new one.
   */
  static boolean begun(FileSystem files, Path from, Path to) throws IOException {
    return files instanceof LocalDisk disk && disk.exists(to) && disk.isBegun(from, to);
  }

  /**
   * Syncs the names in a folder to disk, so that they survive a power cut. HDFS has done so when a
   * rename returns; for local disks it is a step of its own.
   */
  static void sync(FileSystem files, Path folder) {
    if (files instanceof LocalDisk disk) {
      disk.syncNames(folder);
    }
  }

  /** The rename with options is not public in {@link FileSystem}. */
  private static final class Opened extends FilterFileSystem {

    Opened(FileSystem files) {
      super(files);
    }

    @Override
    protected void rename(Path from, Path to, Options.Rename... options) throws IOException {
      super.rename(from, to, options);
    }
  }
}
