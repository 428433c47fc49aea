package dev.onehot.data.idx;

import dev.onehot.failure.InputException;
import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Reads the rows of one IDX file in order. After the last row, it checks the end of the file. */
final class IdxRowReader implements Closeable {

  private final IdxFile file;
  private final IdxStream stream;
  private long row;

  private IdxRowReader(IdxFile file, IdxStream stream, long firstRow) {
    this.file = file;
    this.stream = stream;
    this.row = firstRow;
  }

  /** Opens a file at a row, counted in that file. */
  static IdxRowReader open(IdxFile file, long firstRow, Configuration hadoop) {
    IdxStream stream = null;
    try {
      stream = file.reopen(hadoop);
      stream.skipTo(file.offset(firstRow));
      return new IdxRowReader(file, stream, firstRow);
    } catch (IOException e) {
      long position = stream == null ? 0 : stream.position();
      closeAfter(e, stream);
      throw file.unreadable(position, e);
    }
  }

  /** The row that will be read next, counted in this file. */
  long row() {
    return row;
  }

  /**
   * Reads whole rows, and after the last one makes sure that nothing follows.
   *
   * @throws InputException if the file is broken, too short or too long
   */
  void read(byte[] buffer, int offset, int rows) {
    try {
      int length = rows * file.rowBytes();
      if (stream.read(buffer, offset, length) < length) {
        file.checkEnd(stream.position());
      }
      row += rows;
      if (row == file.rows()) {
        file.checkEnd(stream.position() + stream.drain());
      }
    } catch (IOException e) {
      throw file.unreadable(stream.position(), e);
    }
  }

  private static void closeAfter(IOException failure, IdxStream stream) {
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
