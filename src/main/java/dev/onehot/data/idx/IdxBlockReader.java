package dev.onehot.data.idx;

import dev.onehot.data.DenseGroup;
import dev.onehot.data.DenseRows;
import dev.onehot.data.GroupedBlocks;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;

/** Reads the blocks of a split one after another, from as many shards as they lie in. */
final class IdxBlockReader implements Iterator<DenseRows>, Closeable {

  private final IdxSplit split;
  private final int features;
  private final int classes;
  private final Configuration hadoop;
  private final Iterator<IdxShard> shards;
  private final GroupedBlocks blocks;
  private IdxShardReader shard;
  private long block;

  IdxBlockReader(IdxSplit split, int features, int classes, Configuration hadoop) {
    this.split = split;
    this.features = features;
    this.classes = classes;
    this.hadoop = hadoop;
    this.shards = split.shards().iterator();
    this.blocks = new GroupedBlocks(split.groups(), this::read);
    this.block = split.firstBlock();
  }

  @Override
  public boolean hasNext() {
    return block < split.endBlock();
  }

  /**
   * @throws dev.onehot.failure.InputException if what the block lies in is broken
   */
  @Override
  public DenseRows next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return blocks.rowsOf(block++);
  }

  /** Groups are read from the split's first on, one after another. */
  private DenseGroup read(long group) {
    long first = split.groups().firstRow(group);
    int rows = (int) (split.groups().firstRow(group + 1) - first);
    byte[] labels = new byte[rows];
    byte[] pixels = new byte[rows * features];
    try {
      for (int filled = 0; filled < rows; ) {
        if (shard == null) {
          shard = IdxShardReader.open(shards.next(), classes, first + filled, hadoop);
        }
        int count = (int) Math.min(rows - filled, shard.left());
        shard.read(pixels, labels, filled, count);
        filled += count;
        if (shard.left() == 0) {
          close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DenseGroup(split.groups(), group, labels, pixels);
  }

  @Override
  public void close() throws IOException {
    if (shard != null) {
      shard.close();
      shard = null;
    }
  }
}
