package dev.onehot.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local files behind URIs like {@code failing:/path}. Some of the files that tasks write fail in
 * the midst.
 */
public final class FailingWrites extends RawLocalFileSystem {

  private static final int BYTES_BEFORE_FAILURE = 5000;

  /** How many files are still to fail. */
  static final AtomicInteger LEFT = new AtomicInteger();

  @Override
  public URI getUri() {
    return URI.create("failing:///");
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path path,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    FSDataOutputStream file =
        super.createNonRecursive(
            path, permission, flags, bufferSize, replication, blockSize, progress);
    boolean fails =
        path.getName().contains(".attempt-") && LEFT.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    return fails ? new FSDataOutputStream(new Failing(file), null) : file;
  }

  private static final class Failing extends FilterOutputStream {

    private int written;

    Failing(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      written += length;
      if (written > BYTES_BEFORE_FAILURE) {
        throw new IOException("the disk has gone");
      }
      out.write(bytes, offset, length);
    }
  }
}
