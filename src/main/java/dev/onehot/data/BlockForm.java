package dev.onehot.data;

import dev.onehot.math.RowBlock;
import java.io.Serializable;

/**
 * The form in which a task gives the rows of one block.
 *
 * @param <T> the type of that form
 */
public sealed interface BlockForm<T> extends Serializable {

  /**
   * Gives one block in this form.
   *
   * @param group the group that holds the block's rows
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
