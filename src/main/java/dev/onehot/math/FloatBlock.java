package dev.onehot.math;

/**
 * A block of real numbers: raw values times a power of two for each feature, so that none has a
 * magnitude above 1.
 */
public final class FloatBlock extends RowBlock {

  private static final long serialVersionUID = 1L;

  private FloatBlock(
      long index,
      int features,
      int trainingRows,
      int nonZeros,
      long fingerprint,
      char[] labels,
      float[] rowWeights) {
    super(index, features, trainingRows, nonZeros, fingerprint, labels, rowWeights);
  }

  /**
   * Builds a block from some rows of a group of n rows.
   *
   * @param index the block's index on the grid
   * @param firstPosition the position of the group's first row in the input, counted from 0
   * @param rows which rows of the group make the block, 1 to {@link #ROWS} of 0 … n − 1. Row r of
   *     the group has position {@code firstPosition + r}
   * @param labels n labels, of all rows of the group; those of the block are 0 … 65,535
   * @param weights n weights, more than 0 and at most 1; null if all are 1
   * @param values n rows of raw features
   * @param scales the power of two of each feature
   * @param heldBack for each of {@code rows}, whether it is held back for validation; null if none
   *     is
   * @throws IllegalArgumentException if any of these is out of its range
   */
  public static FloatBlock of(
      long index,
      long firstPosition,
      int[] rows,
      int[] labels,
      float[] weights,
      RowValues values,
      FeatureValues scales,
      boolean[] heldBack) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public long memoryBytes() {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public void forEachNonZero(int row, NonZeros taker) {
    throw new UnsupportedOperationException("not yet");
  }
}
