package dev.onehot.data;

import dev.onehot.math.RowBlock;
import dev.onehot.math.RowValues;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Up to {@link RowBlock#ROWS} rows that follow one another in the input.
 *
 * <p>Not a record: Spark may collect, cache or move it with {@code spark.serializer}, and Kryo
 * cannot read records.
 */
public final class RowChunk implements Serializable {

  private static final long serialVersionUID = 1L;

  private final long firstPosition;
  private final int[] labels;
  private final float[] weights;
  private final RowValues values;

  /**
   * @param firstPosition the position of the first row
   * @param labels one for each row; null if rows have no labels
   * @param weights one for each row; null if all are 1
   * @param values the rows' features
   */
  RowChunk(long firstPosition, int[] labels, float[] weights, RowValues values) {
    this.firstPosition = firstPosition;
    this.labels = labels;
    this.weights = weights;
    this.values = values;
  }

  /** The position of the first row. Positions count from 0 over the whole input. */
  public long firstPosition() {
    return firstPosition;
  }

  /** The rows' raw features; not a copy. */
  public RowValues values() {
    return values;
  }

  /** How many rows there are. */
  public int rows() {
    return values.rows();
  }

  /** How many features a row has, F. */
  public int features() {
    return values.features();
  }

  /** Whether rows have labels. */
  public boolean labelled() {
    return labels != null;
  }

  /** Its rows that are held back, in runs of rows that follow one another. */
  List<RowChunk> only(HeldBackRows heldBack) {
    int rows = rows();
    int[] all = IntStream.range(0, rows).toArray();
    long[] positions = LongStream.range(firstPosition, firstPosition + rows).toArray();
    boolean[] wanted = heldBack.among(positions, all, values);
    List<RowChunk> runs = new ArrayList<>();
    for (int r = 0; wanted != null && r < rows; r++) {
      int first = r;
      while (r < rows && wanted[r]) {
        r++;
      }
      if (r > first) {
        runs.add(run(first, r));
      }
    }
    return runs;
  }

  private RowChunk run(int first, int end) {
    return new RowChunk(
        firstPosition + first,
        labels == null ? null : Arrays.copyOfRange(labels, first, end),
        weights == null ? null : Arrays.copyOfRange(weights, first, end),
        values.slice(first, end));
  }

  /** A row's weight, as it stands in the input; 1 if rows have no weights. */
  public float weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  /** How many features of a row aren't 0, at most. */
  public int mostNonZeros(int row) {
    return values.mostNonZeros(row);
  }

  /**
   * A row's label.
   *
   * @throws IllegalStateException if rows have no labels
   */
  public int label(int row) {
    if (labels == null) {
      throw new IllegalStateException("rows without labels");
    }
    return labels[row];
  }

  /**
   * Copies a row's raw features.
   *
   * @param into receives F numbers
   */
  public void copyFeatures(int row, float[] into) {
    values.copyRow(row, into);
  }

  /**
   * Copies a row's raw features that are not 0, with the columns ascending.
   *
   * @param columns receives their indices; {@link #mostNonZeros} numbers fit
   * @param into receives their values
   * @return how many there are
   */
  public int copyNonZeros(int row, int[] columns, float[] into) {
    return values.copyNonZeros(row, columns, into);
  }
}
