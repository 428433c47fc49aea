package dev.onehot.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/** Writes a file so that it appears under its name whole or not at all. */
public final class WholeFile {

  private WholeFile() {}

  /** Writes a file's bytes. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * The hidden names that files are written under.
   *
   * @param name a regular expression of theirs
   */
  public static Pattern aside(String name) {
    return Pattern.compile("\\.(?:" + name + ")\\.[0-9a-f-]{36}\\.pending");
  }

  /** Another one each time, as two processes may write the same file. */
  private static Path aside(Path file) {
    return new Path(
        file.getParent(), ".%s.%s.pending".formatted(file.getName(), UUID.randomUUID()));
  }

  /**
   * Writes it aside, to the disk where the file system can say so, and renames it. A file of that
   * name is replaced; for a moment between the two there is none.
   *
   * @throws IOException if that fails; then the old file is still there, and nothing of the new one
   */
  public static void write(FileSystem files, Path file, Content content) throws IOException {
    Path aside = aside(file);
    try {
      writeAside(files, aside, content);
      if (files.exists(file) && !files.delete(file, false)) {
        throw new IOException("the old file cannot be deleted");
      }
      if (!files.rename(aside, file)) {
        throw new IOException("renaming " + aside.getName() + " failed");
      }
    } catch (IOException | RuntimeException e) {
      discard(files, aside, e);
      throw e;
    }
  }

  private static void writeAside(FileSystem files, Path aside, Content content) throws IOException {
    // Not recursive: a folder that was removed meanwhile must not come back.
    FSDataOutputStream file = files.createFile(aside).overwrite(true).build();
    try (OutputStream out = new CheckedOutputStream(file)) {
      content.writeTo(out);
      out.flush();
      if (file.hasCapability(StreamCapabilities.HSYNC)) {
        sync(file);
      }
    }
  }

  private static void sync(FSDataOutputStream file) throws IOException {
    try {
      file.hsync();
    } catch (FSError e) {
      throw CheckedOutputStream.checked(e);
    }
  }

  private static void discard(FileSystem files, Path aside, Exception failure) {
    try {
      files.delete(aside, false);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
