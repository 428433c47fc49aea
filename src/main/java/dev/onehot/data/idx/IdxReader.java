package dev.onehot.data.idx;

import dev.onehot.data.RowReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** Reads rows one after another, from one or more shards. */
final class IdxReader implements RowReader, Closeable {

  private final IdxClasses classes;
  private final Configuration hadoop;
  private final Iterator<IdxShard> shards;
  private IdxShardReader shard;
  private long next = -1;

  /**
   * @param shards the shards that hold the rows, none empty; the first row is in the first shard
   * @param classes the classes of the labels
   */
  IdxReader(List<IdxShard> shards, IdxClasses classes, Configuration hadoop) {
    this.shards = shards.iterator();
    this.classes = classes;
    this.hadoop = hadoop;
  }

  /**
   * The first run may begin anywhere in the first shard. Each later run must begin where the one
   * before ended.
   */
  @Override
  public void read(long position, int rows, byte[] values, int[] labels) {
    if (next >= 0 && position != next) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "row %d instead of %d", position, next));
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
