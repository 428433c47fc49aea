package dev.onehot.data;

import dev.onehot.math.RowValues;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

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
