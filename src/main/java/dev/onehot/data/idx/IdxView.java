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
 * The form in which a task gives the rows of its split.
 *
 * @param <T> the elements that it gives
 */
sealed interface IdxView<T> extends Serializable {

  /**
   * The elements of a split.
   *
   * @param rows reads the split's rows, one run after another
   */
  Iterator<T> of(IdxSplit split, RowReader rows);

  /**
   * The blocks of the split.
   *
   * @param groups all groups of the input
   * @param features F
   * @param form the form in which a block is given
   */
  record Blocks<T>(BlockGroups groups, int features, BlockForm<T> form) implements IdxView<T> {

    @Override
    public Iterator<T> of(IdxSplit split, RowReader rows) {
      return new BlockReader<>(groups, split.first(), split.end(), features, rows, form);
    }
  }

  /**
   * The rows of the split in the order of the input.
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
