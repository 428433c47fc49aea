package dev.onehot.data.npy;

import dev.onehot.data.MissingValues;
import dev.onehot.data.PieceSplit;
import dev.onehot.data.RowPiece;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Rows of an array that one task reads.
 *
 * @param arrays the rows, and what belongs to them
 * @param from the first row, from 0
 * @param to the row behind the last
 * @param missing what becomes of NaN
 */
record NpySplit(RowArrays arrays, long from, long to, MissingValues missing) implements PieceSplit {

  /** What a split reads of an array in C order. Two pieces, so that tasks can share them out. */
  private static final long SPLIT_BYTES = 8L << 20;

  /** An array in Fortran order is read in a run for each column, of so many bytes if it can be. */
  private static final long RUN_BYTES = 64L << 10;

  /** What a split reads at once of an array in Fortran order, at the most. */
  private static final long WINDOW_BYTES = 32L << 20;

  /** The size of a piece. */
  private static final long PIECE_BYTES = 4L << 20;

  /** The splits of an array: one if it is packed, as it can only be read from its beginning. */
  static List<NpySplit> of(RowArrays arrays, MissingValues missing) {
    NpyArray rows = arrays.rows();
    long step = rows.stored().isRaw() ? rowsOfSplit(rows) : Math.max(1, rows.rows());
    List<NpySplit> splits = new ArrayList<>();
    long from = 0;
    do {
      long to = Math.min(rows.rows(), from + step);
      splits.add(new NpySplit(arrays, from, to, missing));
      from = to;
    } while (from < rows.rows());
    return splits;
  }

  private static long rowsOfSplit(NpyArray rows) {
    long ofSplit = SPLIT_BYTES / rows.rowBytes();
    if (!rows.isByColumns()) {
      return Math.max(1, ofSplit);
    }
    long ofRun = RUN_BYTES / rows.type().itemBytes();
    return Math.max(1, Math.max(ofSplit, Math.min(ofRun, WINDOW_BYTES / rows.rowBytes())));
  }

  @Override
  public String file() {
    return arrays.rows().stored().name();
  }

  @Override
  public long bytes() {
    StoredArray stored = arrays.rows().stored();
    return stored.isRaw() ? (to - from) * arrays.rows().rowBytes() : stored.storedBytes();
  }

  /** How many rows a piece has at the most. */
  int rowsOfPiece() {
    boolean bytes = new Items(arrays.rows().type()).areBytes();
    long rowBytes =
        Math.max(arrays.rows().rowBytes(), arrays.features() * (bytes ? 1L : Float.BYTES));
    return (int) Math.max(1, PIECE_BYTES / rowBytes);
  }

  @Override
  public Iterator<RowPiece> read(Configuration hadoop, long mostBadRows) {
    return NpyPieces.open(this, hadoop, mostBadRows);
  }
}
