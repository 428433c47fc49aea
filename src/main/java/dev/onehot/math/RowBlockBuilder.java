package dev.onehot.math;

import java.util.Arrays;

/** Lays a block's rows out: which columns are dense, and both copies of the others. */
final class RowBlockBuilder {

  /** Of dense columns so many rows are there, if need be zeros: two vectors of the widest kind. */
  private static final int TWO_STRIPS = 2 * RowBlock.STRIP;

  final long index;
  final int features;
  final char[] labels;
  final int trainingRows;
  int nonZeros;
  long fingerprint;
  char[] denseColumns;
  int[] denseValues;
  int[] rowStart;
  char[] columns;
  byte[] values;
  char[] sparseColumns;
  int[] columnStart;
  char[] rowsOfColumns;
  byte[] valuesOfColumns;

  /** For each row of the block as it was given, where its values begin. */
  private final int[] starts;

  /** For each row as it was given; or null if all train. */
  private final boolean[] heldBack;

  /** The rows, as they were given, in the order in which they are kept: training rows first. */
  private final int[] order;

  /** For each column its non-zeros, in all rows and in the training rows. */
  private final int[] counts;

  private final int[] trainingCounts;

  /** For each column its place among the dense ones, or where its next value goes in the CSC. */
  private final int[] next;

  RowBlockBuilder(
      long index,
      long[] positions,
      int[] rows,
      int[] labels,
      byte[] input,
      int features,
      boolean[] heldBack) {
    this.index = index;
    this.features = features;
    this.heldBack = heldBack;
    starts = new int[rows.length];
    for (int r = 0; r < rows.length; r++) {
      starts[r] = rows[r] * features;
    }
    order = new int[rows.length];
    counts = new int[features];
    trainingCounts = new int[features];
    next = new int[features];
    trainingRows = count(input);
    layOutColumns();
    putRowsInOrder(input);
    this.labels = new char[rows.length];
    for (int r = 0; r < rows.length; r++) {
      this.labels[r] = (char) labels[rows[order[r]]];
    }
    fill(positions, input);
  }

  private static int roundUp(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }

  private boolean trains(int row) {
    return heldBack == null || !heldBack[row];
  }

  /** Counts each column's non-zeros; how many rows train. */
  private int count(byte[] input) {
    int trainingRows = 0;
    for (int r = 0; r < order.length; r++) {
      int at = starts[r];
      int training = trains(r) ? 1 : 0;
      trainingRows += training;
      for (int j = 0; j < features; j++) {
        int nonZero = input[at + j] != 0 ? 1 : 0;
        counts[j] += nonZero;
        trainingCounts[j] += nonZero & training;
      }
    }
    return trainingRows;
  }

  private boolean isDense(int column) {
    return counts[column] * RowBlock.DENSE_ONE_IN >= order.length;
  }

  private void layOutColumns() {
    char[] dense = new char[features];
    int denseCount = 0;
    char[] sparse = new char[features];
    int[] start = new int[features + 1];
    int sparseCount = 0;
    int sparseNonZeros = 0;
    for (int j = 0; j < features; j++) {
      nonZeros += counts[j];
      if (isDense(j)) {
        next[j] = denseCount;
        dense[denseCount++] = (char) j;
      } else {
        sparseNonZeros += counts[j];
        if (trainingCounts[j] > 0) {
          next[j] = start[sparseCount];
          sparse[sparseCount++] = (char) j;
          start[sparseCount] = next[j] + roundUp(trainingCounts[j], RowBlock.PADDING);
        }
      }
    }
    denseColumns = Arrays.copyOf(dense, denseCount);
    int strips = roundUp(order.length, TWO_STRIPS) / RowBlock.STRIP;
    denseValues =
        new int[denseCount == 0 ? 0 : strips * RowBlock.stripLength(denseCount) + RowBlock.STRIP];
    sparseColumns = Arrays.copyOf(sparse, sparseCount);
    columnStart = Arrays.copyOf(start, sparseCount + 1);
    rowsOfColumns = new char[start[sparseCount]];
    valuesOfColumns = new byte[start[sparseCount]];
    rowStart = new int[order.length + 1];
    int largest = sparseNonZeros + order.length * (RowBlock.PADDING - 1);
    columns = new char[largest];
    values = new byte[largest];
  }

  /** Training rows first; both by how often the loop over their sparse part will turn. */
  private void putRowsInOrder(byte[] input) {
    long[] keys = new long[order.length];
    for (int r = 0; r < keys.length; r++) {
      int at = starts[r];
      int length = 0;
      for (int j = 0; j < features; j++) {
        length += input[at + j] != 0 && !isDense(j) ? 1 : 0;
      }
      long turns = roundUp(length, RowBlock.PADDING) / RowBlock.PADDING;
      keys[r] = (trains(r) ? 0 : 1L << Integer.SIZE) | turns * RowBlock.ROWS + r;
    }
    Arrays.sort(keys);
    for (int r = 0; r < keys.length; r++) {
      order[r] = (int) (keys[r] % RowBlock.ROWS);
    }
  }

  private void fill(long[] positions, byte[] input) {
    int k = 0;
    for (int r = 0; r < order.length; r++) {
      int at = starts[order[r]];
      long hash = RowHash.begin(positions[order[r]], features, labels[r]);
      for (int j = 0; j < features; j++) {
        byte value = input[at + j];
        if (value == 0) {
          continue;
        }
        hash = RowHash.step(hash, j, Byte.toUnsignedInt(value));
        if (isDense(j)) {
          denseValues[RowBlock.denseAt(denseColumns.length, next[j], r)] |=
              Byte.toUnsignedInt(value) << RowBlock.denseShift(next[j]);
        } else {
          columns[k] = (char) j;
          values[k++] = value;
          if (r < trainingRows) {
            rowsOfColumns[next[j]] = (char) r;
            valuesOfColumns[next[j]++] = value;
          }
        }
      }
      fingerprint += RowHash.end(hash);
      k = roundUp(k, RowBlock.PADDING);
      rowStart[r + 1] = k;
    }
    columns = Arrays.copyOf(columns, k);
    values = Arrays.copyOf(values, k);
  }
}
