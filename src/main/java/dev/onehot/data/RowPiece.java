package dev.onehot.data;

import dev.onehot.math.RowValues;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that follow one another in a file, as they were read: with labels as texts, before it is
 * known which rows come before them.
 *
 * <p>Not a record: Spark caches it with {@code spark.serializer}, and Kryo cannot read records.
 */
public final class RowPiece implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final RowValues values;
  private final int[] labels;
  private final String[] dictionary;
  private final long[] firstRecords;
  private final float[] weights;
  private final long records;
  private final long badRows;
  private final BadRow[] firstBad;
  private final long note;

  RowPiece(
      String file,
      RowValues values,
      int[] labels,
      String[] dictionary,
      long[] firstRecords,
      float[] weights,
      long records,
      long badRows,
      BadRow[] firstBad,
      long note) {
    this.file = file;
    this.values = values;
    this.labels = labels;
    this.dictionary = dictionary;
    this.firstRecords = firstRecords;
    this.weights = weights;
    this.records = records;
    this.badRows = badRows;
    this.firstBad = firstBad;
    this.note = note;
  }

  /**
   * Rows that are all good, for formats that have many of them at once.
   *
   * @param file the file's name, for messages
   * @param values n rows; NaN for a missing value whose mean will take its place
   * @param labels n labels, as {@link ClassLabels#canonical} writes them; null without labels
   * @param weights n finite numbers ≥ 0; null if all are 1
   */
  public static RowPiece ofGoodRows(
      String file, RowValues values, String[] labels, float[] weights) {
    int rows = values.rows();
    Map<String, Integer> numbers = new LinkedHashMap<>();
    long[] firstRecords = new long[0];
    int[] indexes = null;
    if (labels != null) {
      indexes = new int[rows];
      for (int r = 0; r < rows; r++) {
        Integer known = numbers.putIfAbsent(labels[r], numbers.size());
        if (known == null) {
          if (numbers.size() > firstRecords.length) {
            firstRecords = Arrays.copyOf(firstRecords, 2 * numbers.size());
          }
          firstRecords[numbers.size() - 1] = r + 1;
        }
        indexes[r] = known == null ? numbers.size() - 1 : known;
      }
    }
    return new RowPiece(
        file,
        values,
        indexes,
        labels == null ? null : numbers.keySet().toArray(String[]::new),
        Arrays.copyOf(firstRecords, numbers.size()),
        weights,
        rows,
        0,
        new BadRow[0],
        0);
  }

  /** The name of the file that it was read from. */
  public String file() {
    return file;
  }

  /** The number of good rows. */
  public int rows() {
    return values.rows();
  }

  /** The raw features of the good rows. */
  public RowValues values() {
    return values;
  }

  /** For each good row, the index of its label in {@link #dictionary}; null without labels. */
  int[] labels() {
    return labels;
  }

  /** The labels that occur, in the order of their first rows; null without labels. */
  public List<String> dictionary() {
    return dictionary == null ? null : Arrays.asList(dictionary);
  }

  /** A good row's label; null without labels. */
  public String label(int row) {
    return labels == null ? null : dictionary[labels[row]];
  }

  /** For each label of the dictionary, the number of its first record in the piece, from 1. */
  long[] firstRecords() {
    return firstRecords;
  }

  /** For each good row its weight as it stands in the input; null if all are 1. */
  float[] weights() {
    return weights;
  }

  /** A good row's weight as it stands in the input. */
  public float weight(int row) {
    return weights == null ? 1 : weights[row];
  }

  /** How many records were read, good and bad ones. */
  public long records() {
    return records;
  }

  /** How many of them are bad. */
  public long badRows() {
    return badRows;
  }

  /** The first bad rows; their numbers count the piece's records, from 1. */
  public List<BadRow> firstBad() {
    return Arrays.asList(firstBad);
  }

  /** What the format wants to know of the piece when all are read. */
  public long note() {
    return note;
  }
}
