package dev.onehot.data;

import dev.onehot.math.ByteRows;
import dev.onehot.math.FloatRows;
import dev.onehot.math.RowValues;
import dev.onehot.math.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds a piece row after row: for each row, its features with the columns ascending, its label
 * and its weight if there are such, then {@link #endRow}, or {@link #badRow} instead.
 */
public final class RowPieceBuilder {

  /** A missing value whose feature's mean isn't known yet. */
  public static final float MISSING = Float.NaN;

  /** How many bad rows are kept for messages. */
  static final int BAD_ROWS_KEPT = 5;

  /** Values are held one by one if no more than one in so many isn't 0. */
  private static final int SPARSE_ONE_IN = 4;

  private static final int FIRST_CAPACITY = 1 << 12;

  private final String file;
  private final MissingValues missing;
  private int features;

  /** How many features the row at hand has, as far as it is read. */
  private int width;

  private int[] columns = new int[FIRST_CAPACITY];
  private float[] values = new float[FIRST_CAPACITY];
  private int count;
  private int[] rowStart = new int[FIRST_CAPACITY];
  private int rows;
  private int[] labels;
  private float[] weights;
  private final Map<String, Integer> dictionary = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<Long> firstRecords = new ArrayList<>();
  private String label;
  private float weight = 1;
  private long records;
  private long badRows;
  private final List<BadRow> firstBad = new ArrayList<>();

  /**
   * @param file the file's name, for messages
   * @param features F if it is known, or 0 to take the last column that is added
   * @param missing what becomes of missing values
   */
  public RowPieceBuilder(String file, int features, MissingValues missing) {
    this.file = file;
    this.features = features;
    this.missing = missing;
  }

  /**
   * Adds the row's next feature. Zeros may be left out; a zero that isn't tells only that the rows
   * have so many features.
   *
   * @param column from 0, greater than the one before
   * @param value the number; it is rounded to float32
   * @return false, with nothing added, if the number is beyond float32, infinite or NaN
   */
  public boolean add(int column, double value) {
    float rounded = (float) value;
    if (!(Math.abs(rounded) <= Float.MAX_VALUE)) {
      return false;
    }
    width = column + 1;
    if (rounded != 0) {
      put(column, rounded);
    }
    return true;
  }

  /**
   * Adds a missing value as the row's next feature.
   *
   * @return false, with nothing added, if missing values are refused
   */
  public boolean addMissing(int column) {
    width = column + 1;
    if (missing == MissingValues.MEAN) {
      put(column, MISSING);
    }
    return missing != MissingValues.REFUSE;
  }

  private void put(int column, float value) {
    if (count == columns.length) {
      columns = Arrays.copyOf(columns, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    columns[count] = column;
    values[count++] = value;
  }

  /** Gives the row its label. A number that is whole is the same label however it is written. */
  public void label(String text) {
    label = text;
  }

  /** Gives the row its weight, a finite number ≥ 0. */
  public void weight(float value) {
    weight = value;
  }

  /** Ends a good row. */
  public void endRow() {
    records++;
    if (rows + 1 == rowStart.length) {
      rowStart = Arrays.copyOf(rowStart, 2 * rowStart.length);
    }
    if (label != null) {
      if (labels == null) {
        labels = new int[FIRST_CAPACITY];
      }
      if (rows == labels.length) {
        labels = Arrays.copyOf(labels, 2 * rows);
      }
      labels[rows] = index(label);
    }
    if (weight != 1 && weights == null) {
      weights = new float[rowStart.length];
      Arrays.fill(weights, 1);
    }
    if (weights != null) {
      if (rows >= weights.length) {
        int former = weights.length;
        weights = Arrays.copyOf(weights, 2 * rows);
        Arrays.fill(weights, former, weights.length, 1);
      }
      weights[rows] = weight;
    }
    features = Math.max(features, width);
    width = 0;
    rowStart[++rows] = count;
    label = null;
    weight = 1;
  }

  private int index(String text) {
    Integer known = dictionary.get(text);
    if (known == null) {
      known = names.size();
      dictionary.put(text, known);
      names.add(text);
      firstRecords.add(records);
    }
    return known;
  }

  /**
   * Ends a bad row: takes back what was added of it, and counts it.
   *
   * @param column the column, as people call it; null if the whole row is meant
   * @param found what stands there
   * @param expected what was expected
   */
  public void badRow(String column, String found, String expected) {
    records++;
    badRows++;
    count = rowStart[rows];
    width = 0;
    label = null;
    weight = 1;
    if (firstBad.size() < BAD_ROWS_KEPT) {
      firstBad.add(new BadRow(file, records, column, found, expected));
    }
  }

  /** The number of good rows so far. */
  public int rows() {
    return rows;
  }

  /** The number of bad rows so far. */
  public long badRows() {
    return badRows;
  }

  /** About how many bytes the rows take so far. */
  public long bytes() {
    return 8L * count + 8L * rows;
  }

  /** The piece. */
  public RowPiece build() {
    return build(0);
  }

  /**
   * The piece.
   *
   * @param note what the format wants to know of it when all are read
   */
  public RowPiece build(long note) {
    return new RowPiece(
        file,
        layOut(),
        labels == null ? null : Arrays.copyOf(labels, rows),
        labels == null ? null : names.toArray(String[]::new),
        firstRecords.stream().mapToLong(Long::longValue).toArray(),
        weights == null ? null : Arrays.copyOf(weights, rows),
        records,
        badRows,
        firstBad.toArray(BadRow[]::new),
        note);
  }

  private RowValues layOut() {
    int width = Math.max(1, features);
    SparseRows sparse =
        new SparseRows(
            width,
            Arrays.copyOf(rowStart, rows + 1),
            Arrays.copyOf(columns, count),
            Arrays.copyOf(values, count));
    long dense = (long) rows * width;
    boolean bytes = areBytes();
    if (dense > Integer.MAX_VALUE - 16 || dense > (bytes ? 8L : SPARSE_ONE_IN) * count + 4096) {
      return sparse;
    }
    if (bytes) {
      byte[] all = new byte[(int) dense];
      for (int r = 0; r < rows; r++) {
        sparse.copyBytes(r, all, r * width);
      }
      return new ByteRows(width, all);
    }
    float[] all = new float[(int) dense];
    for (int r = 0; r < rows; r++) {
      for (int k = rowStart[r]; k < rowStart[r + 1]; k++) {
        all[r * width + columns[k]] = values[k];
      }
    }
    return new FloatRows(width, all);
  }

  private boolean areBytes() {
    for (int k = 0; k < count; k++) {
      if (!RowValues.fitsByte(values[k])) {
        return false;
      }
    }
    return true;
  }
}
