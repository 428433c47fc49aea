package dev.onehot.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSError;

/**
 * Throws an {@link IOException} where Hadoop's local file system throws an {@link Error}, such as
 * on a full disk.
 */
final class CheckedOutputStream extends FilterOutputStream {

  CheckedOutputStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    try {
      out.write(b);
    } catch (FSError e) {
      throw checked(e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (FSError e) {
      throw checked(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (FSError e) {
      throw checked(e);
    }
  }

  @Override
  public void close() throws IOException {
    // The superclass would flush again, although flushing has failed before.
    try {
      out.close();
    } catch (FSError e) {
      throw checked(e);
    }
  }

  static IOException checked(FSError error) {
    return error.getCause() instanceof IOException cause ? cause : new IOException(error);
  }
}
