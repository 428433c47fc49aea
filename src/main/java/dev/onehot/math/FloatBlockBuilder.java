package dev.onehot.math;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Lays out the rows of a block of real numbers: finds the columns that it has, which of them are
 * dense, and makes both copies of the others.
 *
 * <p>It counts the non-zeros of each column instead of sorting them. So it takes two numbers for
 * each feature while it works, and a time that grows with the non-zeros and a little with the
 * features.
 */
final class FloatBlockBuilder {

  /** Two of the widest vectors: the forward pass takes so many rows at a time. */
  private static final int TWO_STRIPS = 2 * FloatBlock.STRIP;

  final long index;
  final int features;
  final char[] labels;
  final int trainingRows;

  /** For each row its weight; null if all are 1. */
  final float[] rowWeights;

  int nonZeros;
  long fingerprint;
  int[] denseColumns;
  float[] denseValues;
  int[] sparseColumns;
  int[] rowStart;
  char[] columns;
  float[] values;
  int[] columnStart;
  char[] rowsOfColumns;
  float[] valuesOfColumns;

  /** The rows of the group in the order of the block: training rows first. */
  private final int[] order;

  private final FeatureValues scales;

  /** For each row the end of its non-zeros in the two arrays that follow. */
  private final int[] ends;

  private final int[] columnsOfRows;
  private final float[] valuesOfRows;

  /** For each column, how many non-zeros all rows have. */
  private final int[] counts;

  /** For each column, how many non-zeros the training rows have. */
  private final int[] trainingCounts;

  FloatBlockBuilder(
      long index,
      long firstPosition,
      int[] rows,
      int[] labels,
      float[] weights,
      RowValues input,
      FeatureValues scales,
      boolean[] heldBack) {
    this.index = index;
    this.scales = scales;
    features = input.features();
    order = new int[rows.length];
    trainingRows = putTrainingRowsFirst(rows, heldBack);
    this.labels = new char[rows.length];
    rowWeights = weights == null ? null : new float[rows.length];
    int most = 0;
    for (int r = 0; r < order.length; r++) {
      this.labels[r] = (char) labels[order[r]];
      if (weights != null) {
        rowWeights[r] = weights[order[r]];
      }
      most = Math.addExact(most, input.mostNonZeros(order[r]));
    }
    ends = new int[order.length];
    columnsOfRows = new int[most];
    valuesOfRows = new float[most];
    counts = new int[features];
    trainingCounts = new int[features];
    takeNonZeros(firstPosition, input);
    layOutColumns();
    fill();
  }

  private int putTrainingRowsFirst(int[] rows, boolean[] heldBack) {
    int training =
        (int) IntStream.range(0, rows.length).filter(r -> heldBack == null || !heldBack[r]).count();
    int next = 0;
    int nextHeldBack = training;
    for (int r = 0; r < rows.length; r++) {
      order[heldBack != null && heldBack[r] ? nextHeldBack++ : next++] = rows[r];
    }
    return training;
  }

  /** Copies the non-zeros of all rows, scaled; counts those of each column, and hashes all rows. */
  private void takeNonZeros(long firstPosition, RowValues input) {
    int[] columnsOfRow = new int[Arrays.stream(order).map(input::mostNonZeros).max().orElse(0)];
    float[] valuesOfRow = new float[columnsOfRow.length];
    int end = 0;
    for (int r = 0; r < order.length; r++) {
      int count = input.copyNonZeros(order[r], columnsOfRow, valuesOfRow);
      long hash = RowHash.begin(firstPosition + order[r], features, labels[r]);
      if (rowWeights != null) {
        hash = RowHash.weight(hash, rowWeights[r]);
      }
      for (int k = 0; k < count; k++) {
        int column = columnsOfRow[k];
        hash = RowHash.step(hash, column, valuesOfRow[k]);
        float value = scaled(valuesOfRow[k], column);
        if (value != 0) {
          columnsOfRows[end] = column;
          valuesOfRows[end++] = value;
          counts[column]++;
          if (r < trainingRows) {
            trainingCounts[column]++;
          }
        }
      }
      fingerprint += RowHash.end(hash);
      ends[r] = end;
    }
    nonZeros = end;
  }

  private float scaled(float raw, int column) {
    // A product with 2^-exponent that is exact in float64, and rounded once.
    long power = Double.MAX_EXPONENT - scales.exponent(column);
    float value = (float) (raw * Double.longBitsToDouble(power << 52));
    if (!(Math.abs(value) <= scales.largest())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s of feature %d is beyond its largest value", raw, column + 1));
    }
    return value;
  }

  /**
   * Makes the lists of dense and of sparse columns. From here on {@link #counts} has the index of a
   * column in its list, with all bits inverted if it is dense, and {@link #trainingCounts} the
   * place of a sparse column's next value in the column-wise copy.
   */
  private void layOutColumns() {
    int dense = 0;
    int sparse = 0;
    for (int count : counts) {
      if (isDense(count)) {
        dense++;
      } else if (count > 0) {
        sparse++;
      }
    }
    denseColumns = new int[dense];
    sparseColumns = new int[sparse];
    columnStart = new int[sparse + 1];
    dense = 0;
    sparse = 0;
    int sparseNonZeros = 0;
    for (int j = 0; j < features; j++) {
      int count = counts[j];
      if (isDense(count)) {
        denseColumns[dense] = j;
        counts[j] = ~dense++;
      } else if (count > 0) {
        sparseNonZeros += count;
        sparseColumns[sparse] = j;
        counts[j] = sparse;
        columnStart[sparse + 1] = columnStart[sparse] + trainingCounts[j];
        trainingCounts[j] = columnStart[sparse++];
      }
    }
    int strips = (order.length + TWO_STRIPS - 1) / TWO_STRIPS * 2;
    denseValues = new float[Math.multiplyExact(dense, strips * FloatBlock.STRIP)];
    rowStart = new int[FloatBlock.slabs(sparse) * order.length + 1];
    columns = new char[sparseNonZeros];
    values = new float[sparseNonZeros];
    rowsOfColumns = new char[columnStart[sparse]];
    valuesOfColumns = new float[columnStart[sparse]];
  }

  private boolean isDense(int count) {
    return count * FloatBlock.DENSE_ONE_IN >= order.length;
  }

  private void fill() {
    int slabs = Math.max(1, FloatBlock.slabs(sparseColumns.length));
    int next = 0;
    for (int slab = 0; slab < slabs; slab++) {
      for (int r = 0; r < order.length; r++) {
        for (int k = r == 0 ? 0 : ends[r - 1]; k < ends[r]; k++) {
          int column = columnsOfRows[k];
          int place = counts[column];
          if (place < 0) {
            denseValues[FloatBlock.denseAt(denseColumns.length, ~place, r)] = valuesOfRows[k];
          } else if (place / FloatBlock.SLAB == slab) {
            columns[next] = (char) (place % FloatBlock.SLAB);
            values[next++] = valuesOfRows[k];
            if (r < trainingRows) {
              rowsOfColumns[trainingCounts[column]] = (char) r;
              valuesOfColumns[trainingCounts[column]++] = valuesOfRows[k];
            }
          }
        }
        if (sparseColumns.length > 0) {
          rowStart[slab * order.length + r + 1] = next;
        }
      }
    }
  }
}
