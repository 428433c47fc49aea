package dev.onehot.data.npy;

import dev.onehot.data.ImageShape;
import java.io.Serializable;
import java.util.Optional;

/**
 * An array of rows, and what belongs to it.
 *
 * @param rows N × anything
 * @param columns which of its columns are what
 * @param labels N labels; null if a column has them, or there are none
 * @param weights N weights; null if a column has them, or there are none
 */
record RowArrays(NpyArray rows, ColumnChoice columns, NpyArray labels, NpyArray weights)
    implements Serializable {

  boolean labelled() {
    return labels != null || columns.label() >= 0;
  }

  int features() {
    return columns.features().length;
  }

  /** The size of every picture, if rows are N × H × W or N × H × W × 1. */
  Optional<ImageShape> pictures() {
    long[] shape = rows.shape();
    boolean flat = shape.length == 3 || shape.length == 4 && shape[3] == 1;
    return flat
            && shape[1] <= Integer.MAX_VALUE
            && shape[2] <= Integer.MAX_VALUE
            && ImageShape.fits((int) shape[1], (int) shape[2])
        ? Optional.of(new ImageShape((int) shape[1], (int) shape[2]))
        : Optional.empty();
  }
}
