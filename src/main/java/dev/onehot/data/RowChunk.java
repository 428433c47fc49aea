package dev.onehot.data;

import dev.onehot.math.RowBlock;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
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

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final long firstPosition;
  private final int rows;
  private final int[] labels;
  private final byte[] values;

  /**
   * @param firstPosition the position of the first row
   * @param rows the number of rows
   * @param labels one for each row; null if rows have no labels
   * @param values rows × F unsigned bytes
   */
  RowChunk(long firstPosition, int rows, int[] labels, byte[] values) {
    this.firstPosition = firstPosition;
    this.rows = rows;
    this.labels = labels;
    this.values = values;
  }

  /** The position of the first row. Positions count from 0 over the whole input. */
  public long firstPosition() {
    return firstPosition;
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  /** How many features a row has, F. */
  public int features() {
    return values.length / rows;
  }

  /** Whether rows have labels. */
  public boolean labelled() {
    return labels != null;
  }

  /** Its rows that are held back, in runs of rows that follow one another. */
  List<RowChunk> only(HeldBackRows heldBack) {
    int[] all = IntStream.range(0, rows).toArray();
    long[] positions = LongStream.range(firstPosition, firstPosition + rows).toArray();
    boolean[] wanted = heldBack.among(positions, all, values, features());
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
        end - first,
        labels == null ? null : Arrays.copyOfRange(labels, first, end),
        Arrays.copyOfRange(values, first * features(), end * features()));
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
    int features = features();
    int from = row * features;
    for (int j = 0; j < features; j++) {
      into[j] = Byte.toUnsignedInt(values[from + j]);
    }
  }

  /**
   * Copies a row's raw features that are not 0, with the columns ascending.
   *
   * @param columns receives their indices; F numbers fit
   * @param into receives their values
   * @return how many there are
   */
  public int copyNonZeros(int row, int[] columns, float[] into) {
    int features = features();
    int from = row * features;
    int count = 0;
    int j = 0;
    for (; j <= features - Long.BYTES; j += Long.BYTES) {
      if ((long) EIGHT_BYTES.get(values, from + j) != 0) {
        for (int k = j; k < j + Long.BYTES; k++) {
          // No branch, as no processor guesses which pixels are inked.
          int value = Byte.toUnsignedInt(values[from + k]);
          columns[count] = k;
          into[count] = value;
          count += -value >>> 31;
        }
      }
    }
    for (; j < features; j++) {
      int value = Byte.toUnsignedInt(values[from + j]);
      columns[count] = j;
      into[count] = value;
      count += -value >>> 31;
    }
    return count;
  }
}
