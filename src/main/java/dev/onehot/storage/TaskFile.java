package dev.onehot.storage;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file as one attempt of a task writes it: in a hidden folder under a name of its own, and under
 * its real name when it is complete. If it is closed before, nothing is left of it.
 */
public final class TaskFile implements Closeable {

  private final FileSystem files;
  private final Path hidden;
  private final Path real;
  private final CountedStream out;

  private TaskFile(FileSystem files, Path hidden, Path real, OutputStream out) {
    this.files = files;
    this.hidden = hidden;
    this.real = real;
    this.out = new CountedStream(out);
  }

  /**
   * Begins a file.
   *
   * @param attempts the folder for the files of attempts, which must exist
   * @param real the file's path when it is complete
   */
  static TaskFile create(FileSystem files, Path attempts, Path real) throws IOException {
    Path hidden = Storage.child(attempts, real.getName() + ".attempt-" + UUID.randomUUID());
    return new TaskFile(files, hidden, real, Storage.newFile(files, hidden));
  }

  /** The stream for the file's bytes. It may be closed when they are all written. */
  public OutputStream out() {
    return out;
  }

  /**
   * Gives the file its real name. If another attempt's file already has that name, some file
   * systems replace it and others refuse. Both are fine.
   *
   * @return the length of the file
   * @throws IOException if there is no whole file with that name now
   */
  public long complete() throws IOException {
    out.close();
    files.rename(hidden, real);
    FileStatus there = files.getFileStatus(real);
    if (!there.isFile() || there.getLen() != out.count) {
      throw new IOException(
          String.format(Locale.ROOT, "renaming a whole file to %s failed", real.getName()));
    }
    return out.count;
  }

  /** Removes the file if it isn't complete. What cannot be removed now is removed later. */
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      // The file isn't wanted. If writing has failed, that was said before.
    }
    try {
      files.delete(hidden, false);
    } catch (IOException e) {
      // It is removed before publishing, or with the unpublished directory.
    }
  }

  private static final class CountedStream extends FilterOutputStream {

    private long count;
    private boolean closed;

    CountedStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        out.close();
      }
    }
  }
}
