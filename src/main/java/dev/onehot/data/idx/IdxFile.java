package dev.onehot.data.idx;

import dev.onehot.data.FileStamp;
import dev.onehot.data.ImageShape;
import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import dev.onehot.math.ByteBlock;
import dev.onehot.storage.Storage;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An IDX file with a valid header. Rows count from 0 in this file.
 *
 * @param name the path as the user wrote it, for messages
 * @param location the path, fully qualified, for tasks on other machines
 * @param kind images or labels
 * @param gzip whether the file is compressed
 * @param header what the file says of its numbers
 * @param stamp the file's length and time when it was opened
 */
record IdxFile(
    String name, URI location, IdxKind kind, boolean gzip, IdxHeader header, FileStamp stamp)
    implements Serializable {

  private static final String GZIP = ".gz";

  /**
   * Reads a file's header and checks it. For a raw file, also checks that the length fits the
   * header.
   *
   * @throws InputException if the file is missing, unreadable or no IDX file of that kind
   */
  static IdxFile open(Path path, IdxKind kind, Configuration hadoop) {
    String name = path.toString();
    try {
      FileSystem files = Storage.of(path, hadoop);
      FileStatus status = status(files, path);
      if (status.isDirectory()) {
        throw new InputException(
            SettingNames.format(
                "%s: is a folder where an IDX file of %s belongs; ⟨data⟩ takes a folder of all files",
                name, kind));
      }
      try (IdxStream stream = IdxStream.open(path, hadoop)) {
        IdxHeader header = IdxHeader.read(name, path.getName(), kind, stream);
        URI location = files.makeQualified(path).toUri();
        FileStamp stamp = FileStamp.of(status);
        IdxFile file = new IdxFile(name, location, kind, stream.gzip(), header, stamp);
        file.checkLength(stream, status.getLen());
        return file;
      }
    } catch (IOException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: cannot be read (%s)", name, Storage.reason(e, path)), e);
    }
  }

  private static FileStatus status(FileSystem files, Path path) throws IOException {
    try {
      return files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      Path twin =
          new Path(
              path.toString().endsWith(GZIP)
                  ? path.toString().substring(0, path.toString().length() - GZIP.length())
                  : path + GZIP);
      String hint =
          files.exists(twin) ? String.format(Locale.ROOT, "; %s is there", twin.getName()) : "";
      throw new InputException(String.format(Locale.ROOT, "%s: no such file%s", path, hint), e);
    }
  }

  private void checkLength(IdxStream stream, long storedBytes) {
    if (!gzip) {
      checkEnd(storedBytes);
    } else if (rows() == 0) {
      // No task reads a file without rows, so only this check finds bytes after the header.
      try {
        checkEnd(stream.position() + stream.drain());
      } catch (IOException e) {
        throw unreadable(stream.position(), e);
      }
    }
  }

  /**
   * Opens the file again, and makes sure that its stamp is the same.
   *
   * @throws InputException if it has changed or disappeared
   */
  IdxStream reopen(Configuration hadoop) throws IOException {
    Path path = new Path(location);
    stamp.requireUnchanged(name, path, hadoop);
    return IdxStream.open(path, hadoop);
  }

  /** The number of rows in the header. */
  long rows() {
    return header.rows();
  }

  /** Whether its rows go into blocks of bytes as they are. */
  boolean fitsByteBlock() {
    return header.type() == IdxType.UBYTE && header.features() <= ByteBlock.MAX_FEATURES;
  }

  /** The size of every picture, if rows are pictures. */
  Optional<ImageShape> pictures() {
    if (!header.isOfPictures() || !ImageShape.fits(header.shape().get(0), header.shape().get(1))) {
      return Optional.empty();
    }
    return Optional.of(new ImageShape(header.shape().get(0), header.shape().get(1)));
  }

  int rowBytes() {
    return header.rowBytes();
  }

  /** The offset of a row in uncompressed bytes; for {@link #rows}, the end of the file. */
  long offset(long row) {
    return header.bytes() + row * rowBytes();
  }

  /**
   * Checks the length of the file.
   *
   * @param found the number of uncompressed bytes in the file
   * @throws InputException if it does not fit the header
   */
  void checkEnd(long found) {
    long expected = offset(rows());
    if (found < expected) {
      long row = Math.max(0, found - header.bytes()) / rowBytes();
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: truncated: row %d, at byte %d, isn't whole: expected %d bytes for %d rows, found %d; get the file again",
              name,
              row,
              offset(row),
              expected,
              rows(),
              found));
    }
    if (found > expected) {
      String where = rows() == 0 ? "the header" : String.format(Locale.ROOT, "row %d", rows() - 1);
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: %d trailing bytes after %s, at byte %d: expected %d bytes, found %d; get the file again",
              name,
              found - expected,
              where,
              expected,
              expected,
              found));
    }
  }

  /** Describes a failed read: the reason, the row and the byte. */
  InputException unreadable(long position, IOException failure) {
    long row = Math.max(0, position - header.bytes()) / rowBytes();
    String where =
        row < rows()
            ? String.format(Locale.ROOT, "in row %d, at byte %d", row, position)
            : String.format(Locale.ROOT, "after the last row, at byte %d", position);
    return unreadable(name, gzip, where, failure);
  }

  static InputException unreadable(String name, boolean gzip, String where, IOException failure) {
    String what =
        failure instanceof ZipException
            ? "corrupt gzip"
            : failure instanceof EOFException ? "truncated gzip" : "cannot be read";
    String reason = failure.getMessage() == null ? "no reason given" : failure.getMessage();
    return new InputException(
        gzip
            ? String.format(
                Locale.ROOT,
                "%s: %s (%s) %s of the uncompressed data; get the file again",
                name,
                what,
                reason,
                where)
            : String.format(Locale.ROOT, "%s: cannot be read (%s) %s", name, reason, where),
        failure);
  }
}
