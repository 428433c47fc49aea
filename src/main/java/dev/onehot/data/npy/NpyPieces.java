package dev.onehot.data.npy;

import dev.onehot.data.MissingValues;
import dev.onehot.data.RowPiece;
import dev.onehot.data.RowPieceBuilder;
import dev.onehot.failure.SettingNames;
import dev.onehot.math.ByteRows;
import dev.onehot.math.FloatRows;
import dev.onehot.math.RowValues;
import java.io.Closeable;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.IOUtils;

/**
 * Reads the pieces of a split. Those without a bad row, which are nearly all, are made of whole
 * arrays of numbers; only the others are made row by row.
 */
final class NpyPieces implements Iterator<RowPiece>, Closeable {

  private final NpySplit split;
  private final RowArrays arrays;
  private final int[] columns;
  private final RowBuffer rows;
  private final RowBuffer labels;
  private final RowBuffer weights;
  private final Items items;
  private final Items labelItems;
  private final Items weightItems;
  private final long mostBadRows;
  private long badRows;
  private long row;

  private NpyPieces(
      NpySplit split, RowBuffer rows, RowBuffer labels, RowBuffer weights, long mostBadRows) {
    this.split = split;
    this.arrays = split.arrays();
    this.columns = arrays.columns().features();
    this.rows = rows;
    this.labels = labels;
    this.weights = weights;
    this.mostBadRows = mostBadRows;
    items = new Items(arrays.rows().type());
    labelItems = labels == null ? items : new Items(arrays.labels().type());
    weightItems = weights == null ? items : new Items(arrays.weights().type());
    row = split.from();
  }

  /** Opens the arrays of a split. The first of an array's makes sure that they are intact. */
  static NpyPieces open(NpySplit split, Configuration hadoop, long mostBadRows) {
    RowArrays arrays = split.arrays();
    RowBuffer[] opened = new RowBuffer[3];
    try {
      NpyArray[] all = {arrays.rows(), arrays.labels(), arrays.weights()};
      for (int i = 0; i < all.length; i++) {
        if (split.from() == 0 && all[i] != null) {
          all[i].stored().requireIntact(hadoop);
        }
        opened[i] = all[i] == null ? null : new RowBuffer(all[i], hadoop);
      }
      return new NpyPieces(split, opened[0], opened[1], opened[2], mostBadRows);
    } catch (RuntimeException e) {
      IOUtils.closeStreams(opened);
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    return row < split.to();
  }

  @Override
  public RowPiece next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int count = (int) Math.min(split.rowsOfPiece(), split.to() - row);
    if (!rows.has(row)) {
      rows.read(row, rows.isByRows() ? count : (int) (split.to() - row));
    }
    read(labels, count);
    read(weights, count);
    String[] texts = arrays.labelled() ? labels(count) : null;
    float[] numbers = weights(count);
    RowValues values = values(count);
    RowPiece piece =
        values != null && areGood(texts, numbers)
            ? RowPiece.ofGoodRows(split.file(), values, texts, numbers)
            : rowByRow(count, texts, numbers);
    badRows += piece.badRows();
    row = badRows > mostBadRows ? split.to() : row + count;
    if (row == arrays.rows().rows() && badRows <= mostBadRows) {
      requireEnds();
    }
    return piece;
  }

  private void read(RowBuffer buffer, int count) {
    if (buffer != null) {
      buffer.read(row, count);
    }
  }

  private void requireEnds() {
    rows.requireEnd();
    if (labels != null) {
      labels.requireEnd();
    }
    if (weights != null) {
      weights.requireEnd();
    }
  }

  /** The labels of the next rows; null for what is no label. */
  private String[] labels(int count) {
    String[] texts = new String[count];
    RowBuffer buffer = labels == null ? rows : labels;
    int column = labels == null ? arrays.columns().label() : 0;
    for (int r = 0; r < count; r++) {
      texts[r] = labelItems.label(buffer.bytes(), buffer.offset(row + r, column));
    }
    return texts;
  }

  /** The weights of the next rows, as they stand there; null without weights. */
  private float[] weights(int count) {
    if (weights == null && arrays.columns().weight() < 0) {
      return null;
    }
    float[] numbers = new float[count];
    RowBuffer buffer = weights == null ? rows : weights;
    int column = weights == null ? arrays.columns().weight() : 0;
    for (int r = 0; r < count; r++) {
      numbers[r] = (float) weightItems.number(buffer.bytes(), buffer.offset(row + r, column)) + 0f;
    }
    return numbers;
  }

  private static boolean areGood(String[] texts, float[] weights) {
    for (int r = 0; texts != null && r < texts.length; r++) {
      if (texts[r] == null) {
        return false;
      }
    }
    for (int r = 0; weights != null && r < weights.length; r++) {
      if (!isWeight(weights[r])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWeight(float weight) {
    return weight >= 0 && weight <= Float.MAX_VALUE;
  }

  /** The features of the next rows; null if one of them makes its row a bad one. */
  private RowValues values(int count) {
    return items.areBytes() ? new ByteRows(columns.length, bytes(count)) : numbers(count);
  }

  private byte[] bytes(int count) {
    boolean all = arrays.columns().areAll(arrays.rows());
    if (all && rows.isByRows()) {
      return rows.bytes();
    }
    byte[] from = rows.bytes();
    byte[] bytes = new byte[Math.multiplyExact(count, columns.length)];
    for (int j = 0; j < columns.length; j++) {
      for (int r = 0; r < count; r++) {
        bytes[r * columns.length + j] = from[rows.offset(row + r, columns[j])];
      }
    }
    return bytes;
  }

  private RowValues numbers(int count) {
    float[] numbers = new float[Math.multiplyExact(count, columns.length)];
    if (!rows.isByRows()) {
      for (int j = 0; j < columns.length; j++) {
        int from = rows.offset(row, columns[j]);
        items.copy(rows.bytes(), from, count, numbers, j, columns.length);
      }
    } else if (arrays.columns().areAll(arrays.rows())) {
      items.copy(rows.bytes(), rows.offset(row, 0), numbers.length, numbers, 0, 1);
    } else {
      float[] whole = new float[(int) arrays.rows().columns()];
      for (int r = 0; r < count; r++) {
        items.copy(rows.bytes(), rows.offset(row + r, 0), whole.length, whole, 0, 1);
        for (int j = 0; j < columns.length; j++) {
          numbers[r * columns.length + j] = whole[columns[j]];
        }
      }
    }
    return areGood(numbers) ? ofGood(numbers) : null;
  }

  /** Whether no number makes its row a bad one. Missing values become 0 if that is asked for. */
  private boolean areGood(float[] numbers) {
    if (arrays.rows().type().kind() != 'f') {
      return true;
    }
    for (int i = 0; i < numbers.length; i++) {
      float number = numbers[i];
      if (!(Math.abs(number) <= Float.MAX_VALUE)) {
        if (number == number || split.missing() == MissingValues.REFUSE) {
          return false;
        }
        if (split.missing() == MissingValues.ZERO) {
          numbers[i] = 0;
        }
      }
    }
    return true;
  }

  private RowValues ofGood(float[] numbers) {
    for (float number : numbers) {
      if (!RowValues.fitsByte(number)) {
        return new FloatRows(columns.length, numbers);
      }
    }
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (int) numbers[i];
    }
    return new ByteRows(columns.length, bytes);
  }

  private RowPiece rowByRow(int count, String[] texts, float[] weights) {
    RowPieceBuilder builder = new RowPieceBuilder(split.file(), columns.length, split.missing());
    for (int r = 0; r < count && badRows + builder.badRows() <= mostBadRows; r++) {
      if (texts != null && texts[r] == null) {
        builder.badRow("label", shownLabel(row + r), "a number or a text");
      } else if (weights != null && !isWeight(weights[r])) {
        builder.badRow("weight", shownWeight(row + r), "a number of 0 or more");
      } else if (addFeatures(builder, row + r)) {
        if (texts != null) {
          builder.label(texts[r]);
        }
        if (weights != null) {
          builder.weight(weights[r]);
        }
        builder.endRow();
      }
    }
    return builder.build();
  }

  /** Adds a row's features, or ends it as a bad one. */
  private boolean addFeatures(RowPieceBuilder builder, long at) {
    for (int j = 0; j < columns.length; j++) {
      int offset = rows.offset(at, columns[j]);
      double number = items.number(rows.bytes(), offset);
      boolean missing = Double.isNaN(number);
      if (!(missing ? builder.addMissing(j) : builder.add(j, number))) {
        builder.badRow(
            String.format(Locale.ROOT, "column %,d", columns[j] + 1),
            items.shown(rows.bytes(), offset),
            missing
                ? SettingNames.format("a number, or ⟨missing⟩ zero or mean")
                : "a number up to 3.4e38, the largest of float32");
        return false;
      }
    }
    return true;
  }

  private String shownLabel(long at) {
    return labels == null
        ? items.shown(rows.bytes(), rows.offset(at, arrays.columns().label()))
        : labelItems.shown(labels.bytes(), labels.offset(at, 0));
  }

  private String shownWeight(long at) {
    return weights == null
        ? items.shown(rows.bytes(), rows.offset(at, arrays.columns().weight()))
        : weightItems.shown(weights.bytes(), weights.offset(at, 0));
  }

  @Override
  public void close() {
    IOUtils.closeStreams(rows, labels, weights);
  }
}
