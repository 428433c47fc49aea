package dev.onehot.data.idx;

import dev.onehot.failure.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;

/** Reads the header of an IDX file, and says what the file is if it has none of its kind. */
final class IdxHeader {

  private IdxHeader() {}

  /**
   * The bytes of the header.
   *
   * @param name the file, for messages
   * @throws InputException if the file cannot be read, is something else, or ends in the header
   */
  static byte[] read(String name, IdxKind kind, IdxStream stream) {
    byte[] header = new byte[kind.headerBytes()];
    int found;
    try {
      found = stream.read(header, 0, header.length);
      if (found == 0 || !kind.beginsLike(header, found)) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: is %s",
                name,
                foreign(kind, Arrays.copyOf(header, found), stream)));
      }
    } catch (IOException e) {
      throw IdxFile.unreadable(
          name, stream.gzip(), "in the header, at byte " + stream.position(), e);
    }
    if (found < header.length) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: header cut short: an IDX file of %s begins with %d bytes, found %d",
              name,
              kind,
              header.length,
              found));
    }
    return header;
  }

  /** Says what a file is that does not begin as it should. */
  private static String foreign(IdxKind kind, byte[] header, IdxStream stream) throws IOException {
    if (header.length >= Integer.BYTES) {
      Optional<String> idx = IdxKind.describe(ByteBuffer.wrap(header).getInt());
      if (idx.isPresent()) {
        return String.format(Locale.ROOT, "%s, where %s belong", idx.get(), kind);
      }
    }
    byte[] head = Arrays.copyOf(header, ForeignContent.BYTES);
    int more;
    try {
      more = stream.read(head, header.length, head.length - header.length);
    } catch (EOFException | ZipException e) {
      more = 0; // A broken end does not change what the beginning is.
    }
    return ForeignContent.describe(Arrays.copyOf(head, header.length + more))
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "no IDX file of %s: expected the bytes 0x%08x at its beginning, found 0x%s",
                    kind,
                    kind.magic(),
                    HexFormat.of().formatHex(header, 0, Math.min(header.length, Integer.BYTES))));
  }
}
