package dev.onehot.data;

import dev.onehot.math.RowBlock;
import java.io.Serializable;

/**
 * What a task makes of the rows of one block.
 *
 * @param <T> what that is
 */
public sealed interface BlockForm<T> extends Serializable {

  /**
   * Makes it.
   *
   * @param group the group that the block's rows are in
   * @param block the block's index on the grid
   */
  T of(DenseGroup group, long block);

  /**
   * The block itself, built straight from its group.
   *
   * @param heldBack the rows kept for validation
   */
  record Built(HeldBackRows heldBack) implements BlockForm<RowBlock> {

    @Override
    public RowBlock of(DenseGroup group, long block) {
      return group.block(block, heldBack);
    }
  }

  /** A copy of the rows, to build the block elsewhere. */
  record Copied() implements BlockForm<DenseRows> {

    @Override
    public DenseRows of(DenseGroup group, long block) {
      return group.copy(block);
    }
  }
}
