package dev.onehot.data.vectors;

import dev.onehot.data.RddSource;
import dev.onehot.data.RowSource;
import org.apache.spark.api.java.JavaRDD;

/**
 * Rows of vectors as a source to train or test on.
 *
 * <p>The order of the rows is that of the RDD: partition after partition, each in its own order.
 * The same rows in the same order give the same bits, however many partitions they are in, whether
 * vectors are dense or sparse, and the same as from a file. So the RDD has to give the same rows in
 * the same order whenever Spark computes it: sort it after a shuffle. If it doesn't, training ends
 * with an {@link dev.onehot.failure.InputException}.
 *
 * <p>Refused with the row's number, from 1 in the order of the RDD: a feature that is NaN, infinite
 * or beyond float32; vectors of different sizes; a label that is empty or no number where it should
 * be one; a weight that is negative, NaN, infinite or beyond float32. Features are rounded to
 * float32, as those of files are.
 */
public final class VectorSource {

  private VectorSource() {}

  /**
   * The source of some rows; nothing is computed yet.
   *
   * @param rows not cached, or cached: they are computed once, and then cached in Onehot's own form
   */
  public static RowSource of(JavaRDD<LabelledVector> rows) {
    return of(rows, VectorPieces.PIECE_BYTES);
  }

  /**
   * The same.
   *
   * @param pieceBytes about the bytes of the pieces that rows are read in
   */
  static RowSource of(JavaRDD<LabelledVector> rows, long pieceBytes) {
    String description = rows.name() == null ? "the RDD" : "the RDD " + rows.name();
    return new RddSource(
        rows.mapPartitions(new VectorPieces(description, pieceBytes)), description, true);
  }
}
