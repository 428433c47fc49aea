package dev.onehot.data;

import java.io.Serializable;

/** What a task makes of the rows of one block: the block itself, or a copy to move elsewhere. */
@FunctionalInterface
public interface BlockForm<T> extends Serializable {

  /**
   * Makes it.
   *
   * @param group the group that the block's rows are in
   * @param block the block's index on the grid
   */
  T of(DenseGroup group, long block);
}
