package dev.onehot.data.npy;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads runs of an array's rows. In C order, a run's bytes lie together. In Fortran order, those of
 * a run lie together only for each column, so that a read for each of them is needed; packed, there
 * is no reading here and there, and the whole array is held.
 */
final class RowBuffer implements Closeable {

  private final NpyArray array;
  private final ArrayStream stream;
  private final int columns;
  private final int itemBytes;

  /** For each column of a row in C order, its number in the order of the file. */
  private final int[] columnInFile;

  private byte[] bytes = {};
  private long first;
  private int rows;

  RowBuffer(NpyArray array, Configuration hadoop) {
    this.array = array;
    stream = array.stored().open(hadoop);
    columns = (int) array.columns();
    itemBytes = array.type().itemBytes();
    columnInFile = array.isByColumns() ? columnsInFile(array.shape(), columns) : null;
  }

  /** Where columns lie that were flattened with the last index fastest, if the first one is. */
  private static int[] columnsInFile(long[] shape, int columns) {
    int[] inFile = new int[columns];
    int[] index = new int[shape.length];
    for (int c = 0; c < columns; c++) {
      int at = 0;
      for (int d = shape.length - 1; d > 0; d--) {
        at = (int) (at * shape[d] + index[d]);
      }
      inFile[c] = at;
      for (int d = shape.length - 1; d > 0 && ++index[d] == shape[d]; d--) {
        index[d] = 0;
      }
    }
    return inFile;
  }

  /** Reads a run of rows, in place of those before. */
  void read(long from, int count) {
    first = from;
    rows = count;
    bytes = new byte[Math.multiplyExact(count, Math.multiplyExact(columns, itemBytes))];
    if (columnInFile == null || count == array.rows()) {
      stream.read(array.headerBytes() + from * array.rowBytes(), bytes, 0, bytes.length);
      return;
    }
    int run = count * itemBytes;
    for (int c = 0; c < columns; c++) {
      long position = array.headerBytes() + (c * array.rows() + from) * itemBytes;
      stream.read(position, bytes, c * run, run);
    }
  }

  /** Whether a row has been read. */
  boolean has(long row) {
    return row >= first && row < first + rows;
  }

  /** The bytes of the items that have been read; not a copy. */
  byte[] bytes() {
    return bytes;
  }

  /** Where an item's bytes begin. */
  int offset(long row, int column) {
    int r = (int) (row - first);
    return columnInFile == null
        ? (r * columns + column) * itemBytes
        : (columnInFile[column] * rows + r) * itemBytes;
  }

  /** Whether the items of a row lie together. */
  boolean isByRows() {
    return columnInFile == null;
  }

  /** Makes sure that a packed array ends behind its last row. */
  void requireEnd() {
    stream.requireEnd(array.end());
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
