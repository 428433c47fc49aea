package dev.onehot.math;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An order of rows in which rows with non-zeros in the same columns lie together. If blocks are cut
 * from this order, more of their columns are nearly full or nearly empty, and the kernels multiply
 * less often by 0.
 *
 * <p>The rows are cut in two at the end of a block, and the parts again, until each part is a
 * block. Each cut is found by 2-means clustering with parts of a given size. It looks at a sample
 * of the rows, and only at the bits that say where a row isn't 0. In each round the sample is
 * sorted by how much closer a row is to the mean of one part than to the mean of the other. That is
 * a sum of weights of the row's bits; in the first round all weights are equal. At the end all rows
 * are sorted by the last weights. Everything is whole numbers and stable sorting, so the order is
 * the same everywhere.
 *
 * <p>2-means is the algorithm of S. Lloyd: Least squares quantization in PCM, 1982.
 */
public final class SimilarityOrder {

  /**
   * How many rows a cut is found with. With all rows of MNIST the kernels would do half a percent
   * less work.
   */
  private static final int SAMPLE = 128;

  /** How many rounds improve a cut; more rounds don't pay. */
  private static final int ROUNDS = 3;

  /** A weight is between the negative of this and this. */
  private static final int LARGEST_WEIGHT = 64;

  /** Divides the weights, so that they reach the largest weight if the parts are equal. */
  private static final int WEIGHT_DIVISOR = SAMPLE * SAMPLE / 4 / LARGEST_WEIGHT;

  /** Sums lose this many of their lowest bits, so that there are fewer keys to count. */
  private static final int ROUNDED_BITS = 3;

  /** Step between points, as a share of the circle; any number of points stays evenly spaced. */
  private static final double GOLDEN_SECTION = 0.382;

  private final int features;

  /** How many longs hold the bits of a row. */
  private final int words;

  /** Row after row, which columns aren't 0, a bit each. */
  private final long[] bits;

  private final int[] order;

  /** For each place in {@code order}, the key that its row is sorted by. */
  private final int[] keys;

  private final int[] sorted;

  /** For each key, where its next row goes in {@code sorted}. */
  private final int[] starts;

  /** The weight of each column. */
  private final int[] weights;

  /** The rows of the sample in their order; a key in the upper 32 bits, its row in the lower. */
  private final long[] sample = new long[SAMPLE];

  /** For each byte of a row and each of its values, the sum of the weights of its bits. */
  private final int[] sums;

  private SimilarityOrder(byte[] values, int rows, int features) {
    this.features = features;
    words = NonZeroBits.words(features);
    bits = new long[rows * words];
    order = IntStream.range(0, rows).toArray();
    for (int r = 0; r < rows; r++) {
      for (int w = 0; w < words; w++) {
        bits[r * words + w] = NonZeroBits.word(values, r * features, features, w);
      }
    }
    keys = new int[rows];
    sorted = new int[rows];
    starts = new int[(2 * LARGEST_WEIGHT * features >> ROUNDED_BITS) + 2];
    weights = new int[words * Long.SIZE];
    sums = new int[words * Long.BYTES << Byte.SIZE];
  }

  /**
   * Finds the order.
   *
   * @param values {@code rows × features} bytes, row after row; may be longer
   * @param features the number of columns
   * @return the rows, counted from 0, in their order: the first {@link RowBlock#ROWS} make the
   *     first block, the next ones the second, and so on
   */
  public static int[] of(byte[] values, int rows, int features) {
    if (RowBlock.count(rows) < 2) {
      return IntStream.range(0, rows).toArray();
    }
    SimilarityOrder order = new SimilarityOrder(values, rows, features);
    order.cut(0, rows);
    return order.withMixedBlocks();
  }

  private void cut(int from, int to) {
    long blocks = RowBlock.count(to - from);
    if (blocks < 2) {
      return;
    }
    int middle = from + (int) (blocks / 2) * RowBlock.ROWS;
    drawSample(from, to);
    Arrays.fill(weights, 0, features, 1);
    sortSample();
    int middleOfSample = (int) ((long) SAMPLE * (middle - from) / (to - from));
    for (int round = 0; round < ROUNDS; round++) {
      weigh(middleOfSample);
      sortSample();
    }
    sort(from, to);
    cut(from, middle);
    cut(middle, to);
  }

  /** Draws rows at random, but always the same: evenly spaced rows may all be of one class. */
  private void drawSample(int from, int to) {
    for (int s = 0; s < SAMPLE; s++) {
      long random = SplitMix64.mix(s * SplitMix64.GAMMA) >>> 1;
      sample[s] = order[from + (int) (random % (to - from))];
    }
  }

  private void sortSample() {
    for (int s = 0; s < SAMPLE; s++) {
      int row = (int) sample[s];
      long sum = 0;
      for (int w = 0; w < words; w++) {
        for (long word = bits[row * words + w]; word != 0; word &= word - 1) {
          sum += weights[w * Long.SIZE + Long.numberOfTrailingZeros(word)];
        }
      }
      sample[s] = sum << Integer.SIZE | row;
    }
    Arrays.sort(sample);
  }

  /**
   * Sets the weight of a bit: how much more frequent it is in the second part of the sample than in
   * the first.
   */
  private void weigh(int middle) {
    Arrays.fill(weights, 0);
    for (int s = 0; s < SAMPLE; s++) {
      int row = (int) sample[s];
      int weight = s < middle ? middle - SAMPLE : middle;
      for (int w = 0; w < words; w++) {
        for (long word = bits[row * words + w]; word != 0; word &= word - 1) {
          weights[w * Long.SIZE + Long.numberOfTrailingZeros(word)] += weight;
        }
      }
    }
    for (int j = 0; j < features; j++) {
      weights[j] /= WEIGHT_DIVISOR;
    }
  }

  /** Sorts rows by the sum of their bits' weights; rows with the same sum keep their order. */
  private void sort(int from, int to) {
    sumWeights();
    Arrays.fill(starts, 0);
    for (int i = from; i < to; i++) {
      keys[i] = key(order[i]);
      starts[keys[i] + 1]++;
    }
    for (int key = 1; key < starts.length; key++) {
      starts[key] += starts[key - 1];
    }
    for (int i = from; i < to; i++) {
      sorted[starts[keys[i]]++] = order[i];
    }
    System.arraycopy(sorted, 0, order, from, to - from);
  }

  private void sumWeights() {
    for (int b = 0; b < words * Long.BYTES; b++) {
      int at = b << Byte.SIZE;
      for (int value = 1; value < 1 << Byte.SIZE; value++) {
        int lowest = Integer.numberOfTrailingZeros(value);
        sums[at + value] = sums[at + (value & value - 1)] + weights[b * Byte.SIZE + lowest];
      }
    }
  }

  private int key(int row) {
    int sum = LARGEST_WEIGHT * features;
    int at = 0;
    for (int w = row * words; w < (row + 1) * words; w++) {
      long word = bits[w];
      for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
        sum += sums[at + (int) (word >>> shift & 255)];
        at += 1 << Byte.SIZE;
      }
    }
    return sum >> ROUNDED_BITS;
  }

  /**
   * Mixes whole blocks. Neighbouring blocks are alike in their number of non-zeros, too, and one
   * run of blocks shouldn't take longer than another.
   */
  private int[] withMixedBlocks() {
    int blocks = order.length / RowBlock.ROWS;
    int step = Math.max(1, (int) (blocks * GOLDEN_SECTION));
    while (!BigInteger.valueOf(step).gcd(BigInteger.valueOf(blocks)).equals(BigInteger.ONE)) {
      step++;
    }
    int[] mixed = order.clone();
    for (int b = 0; b < blocks; b++) {
      int from = b * step % blocks * RowBlock.ROWS;
      System.arraycopy(order, from, mixed, b * RowBlock.ROWS, RowBlock.ROWS);
    }
    return mixed;
  }
}
