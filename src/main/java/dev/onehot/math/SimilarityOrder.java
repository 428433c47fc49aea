package dev.onehot.math;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An order of rows in which those whose non-zeros are in the same columns lie together. So of each
 * block that is cut from them more columns are nearly full or nearly empty, and less is multiplied
 * by 0.
 *
 * <p>Rows are cut in two again and again, where a block ends, until each part is a block. Each cut
 * is found by 2-means clustering, with parts of a given size, of a sample of the bits that say
 * where rows aren't 0: rows are sorted by how much closer they are to the mean of one part than to
 * the other's, which is a sum of weights of their bits. At first all weights are the same. Then all
 * rows are sorted so. All of it is whole numbers and stable sorting, so the order is the same
 * everywhere.
 *
 * <p>2-means is S. Lloyd's algorithm: Least squares quantization in PCM, 1982.
 */
public final class SimilarityOrder {

  /** How many rows a cut is found with: on MNIST all of them leave out half a percent more. */
  private static final int SAMPLE = 128;

  /** How often a cut is mended; more often doesn't pay. */
  private static final int ROUNDS = 3;

  /** Weights are from the negative of this to it. */
  private static final int LARGEST_WEIGHT = 64;

  /** What weights of two equal parts are divided by. */
  private static final int WEIGHT_DIVISOR = SAMPLE * SAMPLE / 4 / LARGEST_WEIGHT;

  /** Sums are rounded down by so many bits, that there are fewer keys to count. */
  private static final int ROUNDED_BITS = 3;

  /** By steps of so much of a circle its points are evenly spaced, however many are taken. */
  private static final double GOLDEN_SECTION = 0.382;

  private final int features;

  /** Words of a row. */
  private final int words;

  /** Row after row, a bit a column. */
  private final long[] bits;

  private final int[] order;

  /** What rows are sorted by. */
  private final int[] keys;

  private final int[] sorted;
  private final int[] starts;

  /** Each column's. */
  private final int[] weights;

  /** The rows of the sample in their order, below the keys that they were sorted by. */
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
   * The order.
   *
   * @param values {@code rows × features} bytes, row after row; may be longer
   * @param features the number of columns
   * @return the rows' numbers; so many as a block has make the first block, and so on
   */
  public static int[] of(byte[] values, int rows, int features) {
    if (RowBlock.count(rows) < 2) {
      return IntStream.range(0, rows).toArray();
    }
    SimilarityOrder order = new SimilarityOrder(values, rows, features);
    order.cut(0, rows);
    return order.dealt();
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

  /** At random places, but always the same: rows at even distances may be all of one class. */
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
   * Weighs bits by how much more frequent they are in the sample's second part than in its first.
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

  /** Rows by the sums of their bits' weights; those with the same stay in the order they have. */
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
   * The order with whole blocks in turns from everywhere. Neighbours are alike in how many columns
   * they have, too, and one run of blocks shouldn't take longer than another.
   */
  private int[] dealt() {
    int blocks = order.length / RowBlock.ROWS;
    int step = Math.max(1, (int) (blocks * GOLDEN_SECTION));
    while (!BigInteger.valueOf(step).gcd(BigInteger.valueOf(blocks)).equals(BigInteger.ONE)) {
      step++;
    }
    int[] dealt = order.clone();
    for (int b = 0; b < blocks; b++) {
      int from = b * step % blocks * RowBlock.ROWS;
      System.arraycopy(order, from, dealt, b * RowBlock.ROWS, RowBlock.ROWS);
    }
    return dealt;
  }
}
