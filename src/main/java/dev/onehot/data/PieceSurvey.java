package dev.onehot.data;

import dev.onehot.math.PowerOfTwo;
import dev.onehot.math.RowValues;
import dev.onehot.spark.Aggregator;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What is to be known of all pieces before blocks can be built: how many rows each has, which
 * labels occur, and how large the values are. All of it is the same in any order of the pieces.
 */
final class PieceSurvey implements Aggregator<PlacedPiece, PieceSurvey> {

  private static final long serialVersionUID = 1L;

  /** More labels than this are no classes, and are not collected. */
  static final int MOST_LABELS = 1001;

  private final List<Entry> entries = new ArrayList<>();

  /** For each feature, the largest magnitude. */
  private float[] largest = {};

  private int features;
  private boolean bytes = true;
  private long nonZeros;
  private long missing;
  private boolean weighted;
  private float largestWeight;
  private transient int[] columns;
  private transient float[] values;

  /**
   * What is to be known of one piece.
   *
   * <p>Not a record, as Kryo cannot read records.
   */
  static final class Entry implements Serializable {

    private static final long serialVersionUID = 1L;

    final int split;
    final int ordinal;

    /** The file's name. */
    final String file;

    final int rows;
    final long records;
    final long badRows;
    final BadRow[] firstBad;
    final long note;

    /** The labels that occur; null without labels. */
    final String[] labels;

    /** For each label, its first good row in the piece. */
    final int[] firstRows;

    /** For each label, the number of its first record in the piece, from 1. */
    final long[] firstRecords;

    private Entry(PlacedPiece placed) {
      RowPiece piece = placed.piece();
      split = placed.split();
      ordinal = placed.ordinal();
      file = piece.file();
      rows = piece.rows();
      records = piece.records();
      badRows = piece.badRows();
      firstBad = piece.firstBad().toArray(BadRow[]::new);
      note = piece.note();
      int count = piece.labels() == null ? 0 : Math.min(MOST_LABELS, piece.dictionary().size());
      labels =
          piece.labels() == null
              ? null
              : piece.dictionary().subList(0, count).toArray(String[]::new);
      firstRecords = Arrays.copyOf(piece.firstRecords(), count);
      firstRows = new int[count];
      Arrays.fill(firstRows, -1);
      for (int r = 0, found = 0; found < count && r < rows; r++) {
        int label = piece.labels()[r];
        if (label < count && firstRows[label] < 0) {
          firstRows[label] = r;
          found++;
        }
      }
    }
  }

  @Override
  public PieceSurvey add(PlacedPiece placed) {
    entries.add(new Entry(placed));
    RowPiece piece = placed.piece();
    RowValues rows = piece.values();
    if (piece.rows() > 0) {
      reach(rows.features());
    }
    for (int r = 0; r < piece.rows(); r++) {
      add(rows, r);
    }
    if (piece.weights() != null) {
      weighted = true;
      for (float weight : piece.weights()) {
        largestWeight = Math.max(largestWeight, weight);
      }
    } else if (piece.rows() > 0) {
      largestWeight = Math.max(largestWeight, 1);
    }
    return this;
  }

  private void add(RowValues rows, int row) {
    int most = rows.mostNonZeros(row);
    if (columns == null || columns.length < most) {
      columns = new int[most];
      values = new float[most];
    }
    int count = rows.copyNonZeros(row, columns, values);
    nonZeros += count;
    for (int k = 0; k < count; k++) {
      float value = values[k];
      bytes &= RowValues.fitsByte(value);
      if (value != value) {
        missing++;
      } else {
        largest[columns[k]] = Math.max(largest[columns[k]], Math.abs(value));
      }
    }
  }

  private void reach(int count) {
    features = Math.max(features, count);
    if (largest.length < count) {
      largest = Arrays.copyOf(largest, Math.max(count, largest.length + largest.length / 2));
    }
  }

  @Override
  public PieceSurvey merge(PieceSurvey other) {
    entries.addAll(other.entries);
    reach(other.features);
    for (int j = 0; j < other.features; j++) {
      largest[j] = Math.max(largest[j], other.largest[j]);
    }
    bytes &= other.bytes;
    nonZeros += other.nonZeros;
    missing += other.missing;
    weighted |= other.weighted;
    largestWeight = Math.max(largestWeight, other.largestWeight);
    return this;
  }

  /** All pieces, in the order of their rows. */
  List<Entry> entries() {
    entries.sort(Comparator.<Entry>comparingInt(e -> e.split).thenComparingInt(e -> e.ordinal));
    return entries;
  }

  /** How many good rows there are. */
  long rows() {
    return entries.stream().mapToLong(entry -> entry.rows).sum();
  }

  /** F, as far as the rows tell. */
  int features() {
    return features;
  }

  /** Whether all values are whole numbers 0 … 255. */
  boolean fitsBytes() {
    return bytes;
  }

  /** How many values aren't 0. */
  long nonZeros() {
    return nonZeros;
  }

  /** How many values are missing. */
  long missing() {
    return missing;
  }

  /** Whether there are weights. */
  boolean weighted() {
    return weighted;
  }

  /** The largest weight. */
  float largestWeight() {
    return largestWeight;
  }

  /** For each of {@code count} features, the least e with {@code |value| ≤ 2^e} on all rows. */
  short[] exponents(int count) {
    short[] exponents = new short[count];
    for (int j = 0; j < Math.min(count, features); j++) {
      exponents[j] = (short) PowerOfTwo.exponentOf(largest[j]);
    }
    return exponents;
  }
}
