package dev.onehot.data.npy;

import dev.onehot.data.FileStamp;
import dev.onehot.failure.InputException;
import dev.onehot.storage.Storage;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Where the bytes of an array lie, from its header to its last item: a file, raw or gzip, or an
 * entry of an {@code .npz} file.
 *
 * @param name for messages: the path as the user wrote it, and the entry
 * @param location of the file, fully qualified, for tasks on other machines
 * @param stamp the file's length and time when it was opened
 * @param packing how the bytes are stored
 * @param offset where they begin in the file
 * @param storedBytes how many bytes of the file they take
 * @param bytes how many there are when they are unpacked; −1 if only reading tells
 * @param crc the CRC-32 that an entry's bytes must have, unpacked; −1 for files
 */
record StoredArray(
    String name,
    URI location,
    FileStamp stamp,
    Packing packing,
    long offset,
    long storedBytes,
    long bytes,
    long crc)
    implements Serializable {

  private static final int CHECKED_BYTES = 1 << 20;

  /** How the bytes of an array are stored. */
  enum Packing {
    /** As they are, so that reading can begin anywhere. */
    RAW,
    /** A whole file of gzip. */
    GZIP,
    /** A compressed entry. */
    DEFLATED
  }

  /** Whether reading can begin anywhere. */
  boolean isRaw() {
    return packing == Packing.RAW;
  }

  /**
   * Opens the bytes, and makes sure that the file is still the same.
   *
   * @throws InputException if it has changed, disappeared, or cannot be read
   */
  ArrayStream open(Configuration hadoop) {
    Path path = new Path(location);
    try {
      stamp.requireUnchanged(name, path, hadoop);
      return ArrayStream.of(this, Storage.of(path, hadoop).open(path));
    } catch (IOException e) {
      throw unreadable(0, e);
    }
  }

  /**
   * Reads a raw entry of an archive from its beginning to its end, and makes sure that its bytes
   * are those that were stored. Only a whole entry has a checksum, where tasks read parts of it; of
   * packed ones {@link ArrayStream#requireEnd} knows it.
   *
   * @throws InputException if they are not, or cannot be read
   */
  void requireIntact(Configuration hadoop) {
    if (packing != Packing.RAW || crc < 0) {
      return;
    }
    CRC32 found = new CRC32();
    long position = 0;
    byte[] buffer = new byte[CHECKED_BYTES];
    try (ArrayStream stream = open(hadoop)) {
      while (position < bytes) {
        int length = (int) Math.min(buffer.length, bytes - position);
        stream.read(position, buffer, 0, length);
        found.update(buffer, 0, length);
        position += length;
      }
    } catch (IOException e) {
      throw unreadable(position, e);
    }
    if (found.getValue() != crc) {
      throw new InputException(
          String.format(
              Locale.ROOT, "%s: corrupt (%s); get the file again", name, otherThan(found)));
    }
  }

  /** Says that a checksum is not the array's. */
  String otherThan(CRC32 found) {
    return String.format(Locale.ROOT, "checksum: found %08x, expected %08x", found.getValue(), crc);
  }

  /** Describes a failed read: the reason and the byte. */
  InputException unreadable(long position, IOException failure) {
    String reason =
        failure.getMessage() == null
            ? "its packed bytes end early"
            : Storage.reason(failure, new Path(location));
    if (packing == Packing.RAW) {
      return new InputException(
          String.format(Locale.ROOT, "%s: cannot be read (%s) at byte %,d", name, reason, position),
          failure);
    }
    return new InputException(
        String.format(
            Locale.ROOT,
            "%s: %s (%s) at byte %,d of the unpacked array; get the file again",
            name,
            failure instanceof EOFException ? "truncated" : "corrupt",
            reason,
            position),
        failure);
  }
}
