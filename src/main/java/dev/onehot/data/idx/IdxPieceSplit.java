package dev.onehot.data.idx;

import dev.onehot.data.MissingValues;
import dev.onehot.data.PieceSplit;
import dev.onehot.data.RowPiece;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;

/**
 * A run of rows of one shard.
 *
 * @param shard the files
 * @param first the run's first row, counted in these files
 * @param end the row behind its last
 * @param missing what becomes of NaN
 */
record IdxPieceSplit(IdxShard shard, long first, long end, MissingValues missing)
    implements PieceSplit {

  private static final long serialVersionUID = 1L;

  @Override
  public String file() {
    return shard.images().name();
  }

  @Override
  public long bytes() {
    return (end - first) * shard.images().rowBytes();
  }

  @Override
  public Iterator<RowPiece> read(Configuration hadoop, long mostBadRows) {
    return new IdxPieces(this, hadoop, mostBadRows);
  }
}
