package dev.onehot.data.idx;

import dev.onehot.data.BlockForm;
import dev.onehot.data.BlockGroups;
import dev.onehot.data.BlockReader;
import dev.onehot.data.ChunkReader;
import dev.onehot.data.RowChunk;
import dev.onehot.data.RowReader;
import java.io.Serializable;
import java.util.Iterator;

/**
 * What a task makes of its split.
 *
 * @param <T> what it gives, one after another
 */
sealed interface IdxView<T> extends Serializable {

  /**
   * Begins.
   *
   * @param rows gives the split's rows, one run after another
   */
  Iterator<T> of(IdxSplit split, RowReader rows);

  /**
   * The blocks of the split.
   *
   * @param groups all groups of the input
   * @param features F
   * @param form what is made of a block
   */
  record Blocks<T>(BlockGroups groups, int features, BlockForm<T> form) implements IdxView<T> {

    @Override
    public Iterator<T> of(IdxSplit split, RowReader rows) {
      return new BlockReader<>(groups, split.first(), split.end(), features, rows, form);
    }
  }

  /**
   * The rows of the split in their order.
   *
   * @param features F
   * @param labelled whether rows have labels
   */
  record Rows(int features, boolean labelled) implements IdxView<RowChunk> {

    @Override
    public Iterator<RowChunk> of(IdxSplit split, RowReader rows) {
      return new ChunkReader(split.first(), split.end(), features, labelled, rows);
    }
  }
}
