package dev.onehot.data.npy;

import dev.onehot.failure.InputException;
import dev.onehot.npy.NpyHeader;
import dev.onehot.npy.NpyType;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;

/**
 * An array whose header has been read. Its first dimension is that of the rows; the others, however
 * many, make a row.
 *
 * @param stored where its bytes lie
 * @param type the type of an item
 * @param fortran whether the first index varies fastest, which matters to more than one dimension
 * @param shape the length of each dimension, at least one
 * @param headerBytes the offset of the first item
 */
record NpyArray(StoredArray stored, NpyType type, boolean fortran, long[] shape, int headerBytes)
    implements Serializable {

  /**
   * Reads an array's header, and checks its length as far as it is known.
   *
   * @throws InputException if there is no header, or the length doesn't fit it
   */
  static NpyArray open(StoredArray stored, Configuration hadoop) {
    try (Closeable closed = stored.open(hadoop)) {
      NpyHeader header = NpyHeader.read(((ArrayStream) closed).rest());
      if (header.shape().length == 0) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: is a single value of shape (); expected an array with a row for each entry of its first dimension",
                stored.name()));
      }
      NpyArray array =
          new NpyArray(stored, header.type(), header.fortran(), header.shape(), header.bytes());
      if (array.type.isNumber() || array.type.isText()) {
        array.checkLength(header.items());
      }
      return array;
    } catch (ZipException e) {
      throw stored.unreadable(0, e);
    } catch (EOFException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: %s; get the file again", stored.name(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new InputException(
          String.format(Locale.ROOT, "%s: %s", stored.name(), e.getMessage()), e);
    }
  }

  private void checkLength(long items) {
    long expected = headerBytes + items * type.itemBytes();
    long found = stored.bytes();
    if (found < 0 || found == expected) {
      return;
    }
    throw new InputException(
        found < expected
            ? String.format(
                Locale.ROOT,
                "%s: truncated at byte %,d: found %,d bytes, expected %,d for an array of shape %s and type %s; get the file again",
                stored.name(),
                found,
                found,
                expected,
                shapeText(),
                type)
            : String.format(
                Locale.ROOT,
                "%s: bytes follow behind the array at byte %,d: found %,d bytes, expected %,d for an array of shape %s and type %s; get the file again",
                stored.name(),
                expected,
                found,
                expected,
                shapeText(),
                type));
  }

  /** N. */
  long rows() {
    return shape[0];
  }

  /** How many items a row has. */
  long columns() {
    long columns = 1;
    for (int d = 1; d < shape.length; d++) {
      columns *= shape[d];
    }
    return columns;
  }

  /** The bytes of a row. */
  long rowBytes() {
    return columns() * type.itemBytes();
  }

  /** The position behind the last item. */
  long end() {
    return headerBytes + rows() * rowBytes();
  }

  /** Whether the items of a row lie apart from each other. */
  boolean isByColumns() {
    return fortran && columns() > 1;
  }

  /** The shape as Python writes it. */
  String shapeText() {
    return new NpyHeader(type, fortran, shape, headerBytes).shapeText();
  }
}
