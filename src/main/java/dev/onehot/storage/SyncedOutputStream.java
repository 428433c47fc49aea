package dev.onehot.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Syncs a file to disk before it is closed, where the file system can do so. A file that gets its
 * name after that has its content even after a power cut.
 */
final class SyncedOutputStream extends FilterOutputStream {

  private final FSDataOutputStream file;
  private boolean failed;
  private boolean closed;

  SyncedOutputStream(FSDataOutputStream file) {
    super(new CheckedOutputStream(file));
    this.file = file;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    boolean before = failed;
    failed = true;
    out.write(bytes, offset, length);
    failed = before;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (OutputStream closing = out) {
      // Nobody wants a file that could not be written. Syncing would only hide why.
      if (!failed) {
        closing.flush();
        sync();
      }
    }
  }

  private void sync() throws IOException {
    if (file.hasCapability(StreamCapabilities.HSYNC)) {
      try {
        file.hsync();
      } catch (FSError e) {
        throw CheckedOutputStream.checked(e);
      }
    }
  }
}
