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
import java.nio.ByteBuffer;
import java.util.Locale;
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
 * @param rows the number of rows in the header
 * @param shape the size of a row in bytes; 1×1 for labels
 * @param stamp the file's length and time when it was opened
 */
record IdxFile(
    String name,
    URI location,
    IdxKind kind,
    boolean gzip,
    long rows,
    ImageShape shape,
    FileStamp stamp)
    implements Serializable {

  private static final String GZIP = ".gz";
  private static final ImageShape ONE_BYTE = new ImageShape(1, 1);

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
        byte[] header = IdxHeader.read(name, kind, stream);
        URI location = files.makeQualified(path).toUri();
        FileStamp stamp = FileStamp.of(status);
        IdxFile file = parse(name, location, kind, stream.gzip(), header, stamp);
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

  private static IdxFile parse(
      String name, URI location, IdxKind kind, boolean gzip, byte[] header, FileStamp stamp) {
    ByteBuffer fields = ByteBuffer.wrap(header).position(Integer.BYTES);
    int rows = fields.getInt();
    if (rows < 0) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: negative number of %s in the header at byte 4: %d",
              name,
              kind,
              rows));
    }
    if (kind == IdxKind.LABELS) {
      return new IdxFile(name, location, kind, gzip, rows, ONE_BYTE, stamp);
    }
    int height = fields.getInt();
    int width = fields.getInt();
    if (!ImageShape.fits(height, width)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: images of %dx%d pixels in the header at byte 8: an image must have 1 to %d",
              name,
              height,
              width,
              ByteBlock.MAX_FEATURES));
    }
    return new IdxFile(name, location, kind, gzip, rows, new ImageShape(height, width), stamp);
  }

  private void checkLength(IdxStream stream, long storedBytes) {
    if (!gzip) {
      checkEnd(storedBytes);
    } else if (rows == 0) {
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
    try {
      FileStatus now = Storage.of(path, hadoop).getFileStatus(path);
      boolean local = "file".equals(location.getScheme());
      stamp
          .difference(FileStamp.of(now), local)
          .ifPresent(
              difference -> {
                throw new InputException(
                    String.format(
                        Locale.ROOT,
                        "%s: changed since the run began (%s); run again on files that stay as they are",
                        name,
                        difference));
              });
      return IdxStream.open(path, hadoop);
    } catch (FileNotFoundException e) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: has disappeared since the run began; put it where every machine can read it, and run again",
              name),
          e);
    }
  }

  int rowBytes() {
    return shape.features();
  }

  /** The offset of a row in uncompressed bytes; for {@code rows}, the end of the file. */
  long offset(long row) {
    return kind.headerBytes() + row * rowBytes();
  }

  /**
   * Checks the length of the file.
   *
   * @param found the number of uncompressed bytes in the file
   * @throws InputException if it does not fit the header
   */
  void checkEnd(long found) {
    long expected = offset(rows);
    if (found < expected) {
      long row = Math.max(0, found - kind.headerBytes()) / rowBytes();
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: truncated: row %d, at byte %d, isn't whole: expected %d bytes for %d rows, found %d; get the file again",
              name,
              row,
              offset(row),
              expected,
              rows,
              found));
    }
    if (found > expected) {
      String where = rows == 0 ? "the header" : String.format(Locale.ROOT, "row %d", rows - 1);
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
    long row = Math.max(0, position - kind.headerBytes()) / rowBytes();
    String where =
        row < rows
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
