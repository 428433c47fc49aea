package dev.onehot.math;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Lays out the rows of a block: finds the dense columns, and makes both copies of the others. */
final class ByteBlockBuilder {

  /**
   * Dense columns are padded with rows of zeros to a multiple of this: two of the widest vectors.
   */
  private static final int TWO_STRIPS = 2 * ByteBlock.STRIP;

  final long index;
  final int features;
  final char[] labels;
  final int trainingRows;
  int nonZeros;
  long fingerprint;

  /** For each row its weight; null if all are 1. */
  float[] rowWeights;

  char[] denseColumns;
  int[] denseValues;
  int[] rowStart;
  char[] columns;
  byte[] values;
  char[] sparseColumns;
  int[] columnStart;
  char[] rowsOfColumns;
  byte[] valuesOfColumns;

  /** For each row, as it was given, the index of its first value. */
  private final int[] starts;

  /** For each row, as it was given, whether it is held back; null if none is. */
  private final boolean[] heldBack;

  /** The rows, as they were given, in the order of the block: training rows first. */
  private final int[] order;

  /** How many longs hold the bits of a row. */
  private final int words;

  /** For each row, as it was given, the {@link NonZeroBits} of its values. */
  private final long[] bits;

  /** Which columns are dense, a bit each. */
  private final long[] denseBits;

  /** For each column, how many non-zeros the training rows have. */
  private final int[] trainingCounts;

  /** For each column, how many non-zeros the rows held back have. */
  private final int[] heldBackCounts;

  /**
   * For a dense column its index among the dense columns; for a sparse one the index of its next
   * value in the column-wise copy.
   */
  private final int[] next;

  ByteBlockBuilder(
      long index,
      long[] positions,
      int[] rows,
      int[] labels,
      float[] weights,
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
    words = NonZeroBits.words(features);
    bits = new long[rows.length * words];
    denseBits = new long[words];
    trainingCounts = new int[features];
    heldBackCounts = new int[features];
    next = new int[features];
    trainingRows = (int) IntStream.range(0, rows.length).filter(this::trains).count();
    findNonZeros(input);
    layOutColumns();
    putRowsInOrder();
    this.labels = new char[rows.length];
    for (int r = 0; r < rows.length; r++) {
      this.labels[r] = (char) labels[rows[order[r]]];
    }
    if (weights != null) {
      rowWeights = new float[rows.length];
      for (int r = 0; r < rows.length; r++) {
        rowWeights[r] = weights[rows[order[r]]];
      }
    }
    fill(positions, input);
  }

  private static int roundUp(int n, int multiple) {
    return (n + multiple - 1) / multiple * multiple;
  }

  private boolean trains(int row) {
    return heldBack == null || !heldBack[row];
  }

  /** Finds the non-zeros of each row, and counts those of each column. */
  private void findNonZeros(byte[] input) {
    for (int r = 0; r < order.length; r++) {
      int[] columnCounts = trains(r) ? trainingCounts : heldBackCounts;
      for (int w = 0; w < words; w++) {
        long word = NonZeroBits.word(input, starts[r], features, w);
        bits[r * words + w] = word;
        for (; word != 0; word &= word - 1) {
          columnCounts[w * Long.SIZE + Long.numberOfTrailingZeros(word)]++;
        }
      }
    }
  }

  private void layOutColumns() {
    char[] dense = new char[features];
    int denseCount = 0;
    char[] sparse = new char[features];
    int[] start = new int[features + 1];
    int sparseCount = 0;
    int sparseNonZeros = 0;
    for (int j = 0; j < features; j++) {
      int count = trainingCounts[j] + heldBackCounts[j];
      nonZeros += count;
      if (count * ByteBlock.DENSE_ONE_IN >= order.length) {
        denseBits[j / Long.SIZE] |= 1L << j;
        next[j] = denseCount;
        dense[denseCount++] = (char) j;
      } else {
        sparseNonZeros += count;
        if (trainingCounts[j] > 0) {
          next[j] = start[sparseCount];
          sparse[sparseCount++] = (char) j;
          start[sparseCount] = next[j] + roundUp(trainingCounts[j], ByteBlock.PADDING);
        }
      }
    }
    denseColumns = Arrays.copyOf(dense, denseCount);
    int strips = roundUp(order.length, TWO_STRIPS) / ByteBlock.STRIP;
    denseValues =
        new int[denseCount == 0 ? 0 : strips * ByteBlock.stripLength(denseCount) + ByteBlock.STRIP];
    sparseColumns = Arrays.copyOf(sparse, sparseCount);
    columnStart = Arrays.copyOf(start, sparseCount + 1);
    rowsOfColumns = new char[start[sparseCount]];
    valuesOfColumns = new byte[start[sparseCount]];
    rowStart = new int[order.length + 1];
    int largest = sparseNonZeros + order.length * (ByteBlock.PADDING - 1);
    columns = new char[largest];
    values = new byte[largest];
  }

  /** Training rows first; then by how many rounds the loop over their sparse part will have. */
  private void putRowsInOrder() {
    long[] keys = new long[order.length];
    for (int r = 0; r < keys.length; r++) {
      int length = 0;
      for (int w = 0; w < words; w++) {
        length += Long.bitCount(bits[r * words + w] & ~denseBits[w]);
      }
      long rounds = roundUp(length, ByteBlock.PADDING) / ByteBlock.PADDING;
      keys[r] = (trains(r) ? 0 : 1L << Integer.SIZE) | rounds * RowBlock.ROWS + r;
    }
    Arrays.sort(keys);
    for (int r = 0; r < keys.length; r++) {
      order[r] = (int) (keys[r] % RowBlock.ROWS);
    }
  }

  private void fill(long[] positions, byte[] input) {
    int k = 0;
    for (int r = 0; r < order.length; r++) {
      int given = order[r];
      long hash = RowHash.begin(positions[given], features, labels[r]);
      if (rowWeights != null) {
        hash = RowHash.weight(hash, rowWeights[r]);
      }
      for (int w = 0; w < words; w++) {
        long dense = denseBits[w];
        for (long word = bits[given * words + w]; word != 0; word &= word - 1) {
          int bit = Long.numberOfTrailingZeros(word);
          int j = w * Long.SIZE + bit;
          byte value = input[starts[given] + j];
          hash = RowHash.step(hash, j, Byte.toUnsignedInt(value));
          if ((dense >>> bit & 1) != 0) {
            denseValues[ByteBlock.denseAt(denseColumns.length, next[j], r)] |=
                Byte.toUnsignedInt(value) << ByteBlock.denseShift(next[j]);
          } else {
            columns[k] = (char) j;
            values[k++] = value;
            if (r < trainingRows) {
              rowsOfColumns[next[j]] = (char) r;
              valuesOfColumns[next[j]++] = value;
            }
          }
        }
      }
      fingerprint += RowHash.end(hash);
      k = roundUp(k, ByteBlock.PADDING);
      rowStart[r + 1] = k;
    }
    columns = Arrays.copyOf(columns, k);
    values = Arrays.copyOf(values, k);
  }
}
