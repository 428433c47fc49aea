package dev.onehot.data.npy;

import dev.onehot.data.FileStamp;
import dev.onehot.failure.InputException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.hadoop.fs.FSDataInputStream;

/** The arrays in an {@code .npz} file: a zip archive, each entry of which is an array. */
final class Npz {

  private static final String NPY = ".npy";

  private Npz() {}

  /**
   * The arrays by their names, without {@code .npy}, in the order of the archive.
   *
   * @param name the file, for messages
   * @param in the open file
   * @throws InputException if it is no archive, or an entry is packed in a way that isn't read
   */
  static Map<String, StoredArray> arrays(
      String name, URI location, FileStamp stamp, FSDataInputStream in) {
    Map<String, StoredArray> arrays = new LinkedHashMap<>();
    try (ZipFile zip = open(new Channel(in, stamp.length()))) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (!entry.isDirectory() && entry.getName().endsWith(NPY)) {
          String array = entry.getName().substring(0, entry.getName().length() - NPY.length());
          arrays.put(array, stored(name + " (" + array + ")", location, stamp, entry));
        }
      }
    } catch (IOException e) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: truncated or corrupt: its first bytes are those of a zip archive, but the list of arrays at its end cannot be read (%s); get the file again",
              name,
              (e.getCause() == null ? e : e.getCause()).getMessage()),
          e);
    }
    return arrays;
  }

  /** Newer versions of the library have another way, which that of Spark 3.5 lacks. */
  @SuppressWarnings("deprecation")
  private static ZipFile open(SeekableByteChannel channel) throws IOException {
    return new ZipFile(channel);
  }

  private static StoredArray stored(
      String name, URI location, FileStamp stamp, ZipArchiveEntry entry) {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: is encrypted; save it without a password", name));
    }
    if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: is packed by the method %d of zip; expected stored (0) or deflated (8), as np.savez and np.savez_compressed write",
              name,
              entry.getMethod()));
    }
    return new StoredArray(
        name,
        location,
        stamp,
        entry.getMethod() == ZipEntry.STORED
            ? StoredArray.Packing.RAW
            : StoredArray.Packing.DEFLATED,
        entry.getDataOffset(),
        entry.getCompressedSize(),
        entry.getSize(),
        entry.getCrc());
  }

  /** A file of Hadoop's as what the library reads. */
  private static final class Channel implements SeekableByteChannel {

    private final FSDataInputStream in;
    private final long size;
    private long position;
    private boolean open = true;

    Channel(FSDataInputStream in, long size) {
      this.in = in;
      this.size = size;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (!open) {
        throw new ClosedChannelException();
      }
      byte[] bytes = new byte[(int) Math.max(0, Math.min(into.remaining(), size - position))];
      if (bytes.length == 0) {
        return into.hasRemaining() ? -1 : 0;
      }
      in.readFully(position, bytes);
      into.put(bytes);
      position += bytes.length;
      return bytes.length;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long to) {
      position = to;
      return this;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int write(ByteBuffer from) {
      throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long to) {
      throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
