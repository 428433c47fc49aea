package dev.onehot.data.idx;

import dev.onehot.failure.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/**
 * The header of an IDX file.
 *
 * @param type of the numbers
 * @param rows how many rows there are
 * @param shape the dimensions of a row; empty for one number
 */
record IdxHeader(IdxType type, int rows, List<Integer> shape) implements Serializable {

  /** The most features of a row. */
  static final int MOST_FEATURES = 1 << 20;

  /** QMNIST's labels: the class, then seven numbers about the digit's origin. */
  private static final int QMNIST_COLUMNS = 8;

  IdxHeader {
    shape = List.copyOf(shape);
  }

  /** The length of the header. */
  int bytes() {
    return (2 + shape.size()) * Integer.BYTES;
  }

  /** How many numbers a row has. */
  int features() {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, (a, b) -> a * b);
  }

  /** How many bytes a row has. */
  int rowBytes() {
    return features() * type.bytes();
  }

  /** Whether rows are pictures: they have a height and a width. */
  boolean isOfPictures() {
    return shape.size() == 2;
  }

  /** The dimensions of a row in a few words, such as {@code 28x28}. */
  String size() {
    return shape.isEmpty()
        ? "1"
        : shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  /**
   * Reads the header, and says what the file is if it has none of its kind.
   *
   * @param name the file as the user wrote it, for messages
   * @param baseName the file's name without its folder
   * @throws InputException if the file cannot be read, is something else, ends in the header, or
   *     has sizes that cannot be
   */
  static IdxHeader read(String name, String baseName, IdxKind kind, IdxStream stream) {
    try {
      byte[] begin = new byte[Integer.BYTES];
      int found = stream.read(begin, 0, begin.length);
      if (found == 0 || !IdxMagic.mayBegin(begin, found)) {
        throw foreign(name, kind, Arrays.copyOf(begin, found), stream);
      }
      if (found < begin.length) {
        throw cutShort(name, kind, kind.headerBytes(), found);
      }
      Optional<IdxMagic> magic = IdxMagic.of(ByteBuffer.wrap(begin).getInt());
      if (magic.isEmpty() || !magic.get().fits(kind, baseName)) {
        throw foreign(name, kind, begin, stream);
      }
      byte[] sizes = new byte[magic.get().dimensions() * Integer.BYTES];
      int more = stream.read(sizes, 0, sizes.length);
      if (more < sizes.length) {
        throw cutShort(name, kind, begin.length + sizes.length, begin.length + more);
      }
      return checked(name, kind, magic.get().type(), ByteBuffer.wrap(sizes));
    } catch (IOException e) {
      throw IdxFile.unreadable(
          name, stream.gzip(), "in the header, at byte " + stream.position(), e);
    }
  }

  private static IdxHeader checked(String name, IdxKind kind, IdxType type, ByteBuffer sizes) {
    int rows = sizes.getInt();
    if (rows < 0) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: negative number of %s in the header at byte 4: %d",
              name,
              kind,
              rows));
    }
    List<Integer> shape = new ArrayList<>();
    long features = 1;
    boolean usable = true;
    while (sizes.hasRemaining()) {
      int size = sizes.getInt();
      shape.add(size);
      features *= size;
      usable &= size > 0 && features <= MOST_FEATURES;
      features = usable ? features : 1;
    }
    IdxHeader header = new IdxHeader(type, rows, shape);
    if (!usable) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              header.isOfPictures()
                  ? "%s: images of %s pixels in the header at byte 8: an image must have 1 to %d"
                  : "%s: rows of %s numbers in the header at byte 8: a row must have 1 to %d",
              name,
              header.size(),
              MOST_FEATURES));
    }
    if (kind == IdxKind.LABELS
        && features > 1
        && (features != QMNIST_COLUMNS || type != IdxType.INT)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: rows of %d %s where labels belong: expected one column, or the %d columns of %s of QMNIST",
              name,
              features,
              type,
              QMNIST_COLUMNS,
              IdxType.INT));
    }
    return header;
  }

  private static InputException cutShort(String name, IdxKind kind, int expected, int found) {
    return new InputException(
        String.format(
            Locale.ROOT,
            "%s: header cut short: an IDX file of %s begins with %d bytes, found %d",
            name,
            kind,
            expected,
            found));
  }

  /** Says what a file is that does not begin as it should. */
  private static InputException foreign(String name, IdxKind kind, byte[] begin, IdxStream stream)
      throws IOException {
    return new InputException(
        String.format(Locale.ROOT, "%s: is %s", name, content(kind, begin, stream)));
  }

  private static String content(IdxKind kind, byte[] begin, IdxStream stream) throws IOException {
    if (begin.length >= Integer.BYTES) {
      Optional<String> idx = IdxMagic.describe(ByteBuffer.wrap(begin).getInt());
      if (idx.isPresent()) {
        return String.format(Locale.ROOT, "%s, where %s belong", idx.get(), kind);
      }
    }
    byte[] head = Arrays.copyOf(begin, ForeignContent.BYTES);
    int more;
    try {
      more = stream.read(head, begin.length, head.length - begin.length);
    } catch (EOFException | ZipException e) {
      more = 0; // A broken end does not change what the beginning is.
    }
    return ForeignContent.describe(Arrays.copyOf(head, begin.length + more))
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "no IDX file of %s: expected the bytes 0x%08x at its beginning, found 0x%s",
                    kind,
                    kind.magic(),
                    HexFormat.of().formatHex(begin, 0, begin.length)));
  }
}
