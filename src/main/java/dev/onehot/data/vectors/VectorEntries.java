package dev.onehot.data.vectors;

import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/** Goes through what a vector holds, without an object for each number. */
public final class VectorEntries {

  /** What a feature may be. */
  public static final String EXPECTED = "a number of float32, at most 3.4028235E38 in magnitude";

  private VectorEntries() {}

  /** Takes the numbers of a vector. */
  @FunctionalInterface
  public interface Taker {

    /**
     * Takes a number.
     *
     * @param column its index, from 0; indices ascend. Zeros may be left out
     * @return whether it is a number that can be used
     */
    boolean take(int column, double value);
  }

  /**
   * Hands out the numbers of a vector until one is refused.
   *
   * @return the index of the number that was refused; −1 if none was
   */
  public static int forEach(Vector vector, Taker taker) {
    if (vector instanceof SparseVector sparse) {
      int[] columns = sparse.indices();
      double[] values = sparse.values();
      for (int k = 0; k < columns.length; k++) {
        if (!taker.take(columns[k], values[k])) {
          return columns[k];
        }
      }
      return -1;
    }
    double[] values = ((DenseVector) vector).values();
    for (int j = 0; j < values.length; j++) {
      if (!taker.take(j, values[j])) {
        return j;
      }
    }
    return -1;
  }
}
