package dev.onehot.data.idx;

import dev.onehot.data.RowReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Reads rows one after another, from as many shards as they stand in. */
final class IdxReader implements RowReader, Closeable {

  private final int classes;
  private final Configuration hadoop;
  private final Iterator<IdxShard> shards;
  private IdxShardReader shard;
  private long next = -1;

  /**
   * @param shards those that the rows stand in, none empty; the first row is in the first
   * @param classes labels are 0 … {@code classes - 1}
   */
  IdxReader(List<IdxShard> shards, int classes, Configuration hadoop) {
    this.shards = shards.iterator();
    this.classes = classes;
    this.hadoop = hadoop;
  }

  /** The first run begins anywhere in the first shard, every other behind the one before. */
  @Override
  public void read(long position, int rows, byte[] values, int[] labels) {
    if (next >= 0 && position != next) {
      throw new IllegalArgumentException("row %d instead of %d".formatted(position, next));
    }
    next = position + rows;
    try {
      for (int filled = 0; filled < rows; ) {
        if (shard == null) {
          shard = IdxShardReader.open(shards.next(), classes, position + filled, hadoop);
        }
        int count = (int) Math.min(rows - filled, shard.left());
        shard.read(values, labels, filled, count);
        filled += count;
        if (shard.left() == 0) {
          close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (shard != null) {
      shard.close();
      shard = null;
    }
  }
}
