package dev.onehot.nightly;

import dev.onehot.data.digits.GeneratedDigits;
import dev.onehot.math.ByteTotals;
import dev.onehot.model.Provenance;
import dev.onehot.model.StoredProfile;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Some thousand rows that stand for all rows there could be. A night's rows are drawn from them
 * with replacement, so a night of any size follows exactly the distribution of the population: its
 * features depend on each other and on the label as those of real rows do. Drawing only counts how
 * often each row of the population was drawn. That makes a night of a million rows cheap.
 */
final class Population {

  private final byte[][] values;
  private final int[] labels;
  private final int classes;
  private final Integer side;

  /** For each row, its non-zero columns. */
  private final int[][] columns;

  /**
   * @param values for each row, F unsigned bytes
   * @param labels for each row, 0 … C − 1
   * @param side of the pictures; null if the rows are no pictures
   */
  Population(byte[][] values, int[] labels, int classes, Integer side) {
    this.values = values;
    this.labels = labels;
    this.classes = classes;
    this.side = side;
    columns = new int[values.length][];
    for (int r = 0; r < values.length; r++) {
      byte[] row = values[r];
      columns[r] = IntStream.range(0, row.length).filter(j -> row[j] != 0).toArray();
    }
  }

  byte[][] values() {
    return values;
  }

  int[] labels() {
    return labels;
  }

  int classes() {
    return classes;
  }

  /** The same rows with other labels. */
  Population withLabels(int[] others) {
    return new Population(values, others, classes, side);
  }

  /** Generated digits. */
  static Population digits(int rows) {
    GeneratedDigits digits = new GeneratedDigits(26);
    byte[][] values = new byte[rows][GeneratedDigits.SIDE * GeneratedDigits.SIDE];
    int[] labels = new int[rows];
    for (int r = 0; r < rows; r++) {
      labels[r] = digits.render(r, values[r], 0);
    }
    return new Population(values, labels, GeneratedDigits.CLASSES, GeneratedDigits.SIDE);
  }

  /** Changes one picture, given as rows of pixels. */
  @FunctionalInterface
  interface Change {
    int pixel(byte[] picture, int row, int column);
  }

  /** The same pictures, each changed. */
  Population with(Change change) {
    byte[][] changed = new byte[values.length][values[0].length];
    for (int r = 0; r < values.length; r++) {
      for (int j = 0; j < changed[r].length; j++) {
        changed[r][j] = (byte) change.pixel(values[r], j / side, j % side);
      }
    }
    return new Population(changed, labels, classes, side);
  }

  /** How often each row of the population is drawn for a night. */
  int[] draw(SplittableRandom random, int rows) {
    int[] drawn = new int[values.length];
    for (int i = 0; i < rows; i++) {
      drawn[random.nextInt(values.length)]++;
    }
    return drawn;
  }

  /**
   * The same for a night on which classes are more or less frequent.
   *
   * @param weights for each class, how many times as frequent it is, 0 … 1 of the most frequent one
   */
  int[] draw(SplittableRandom random, int rows, IntToDoubleFunction weights) {
    int[] drawn = new int[values.length];
    for (int i = 0; i < rows; ) {
      int row = random.nextInt(values.length);
      if (random.nextDouble() < weights.applyAsDouble(labels[row])) {
        drawn[row]++;
        i++;
      }
    }
    return drawn;
  }

  /** What the rows of a night would have in model.json. */
  Provenance.Data data(int[] drawn) {
    long[] classRows = new long[classes];
    for (int r = 0; r < drawn.length; r++) {
      classRows[labels[r]] += drawn[r];
    }
    return data(drawn, classRows);
  }

  /** The same with classes that don't depend on the values. */
  Provenance.Data data(int[] drawn, long[] classRows) {
    StoredProfile profile = profile(drawn, classRows);
    return new Provenance.Data(
        "a night", List.of(), profile.rows(), profile.rows(), side, side, "0", profile);
  }

  private StoredProfile profile(int[] drawn, long[] classRows) {
    int features = values[0].length;
    int rows = IntStream.of(drawn).sum();
    int bins = ByteTotals.BINS.count();
    int[] binOf = IntStream.range(0, 256).map(ByteTotals.BINS::of).toArray();
    long[][] counts = new long[bins][features];
    double[] least = new double[features];
    double[] largest = new double[features];
    double[] mean = new double[features];
    double[] variance = new double[features];
    long[] sums = new long[features];
    long[] squares = new long[features];
    Arrays.fill(counts[0], rows);
    Arrays.fill(least, Double.MAX_VALUE);
    for (int r = 0; r < drawn.length; r++) {
      if (drawn[r] == 0) {
        continue;
      }
      for (int j : columns[r]) {
        int value = values[r][j] & 0xFF;
        counts[0][j] -= drawn[r];
        counts[binOf[value]][j] += drawn[r];
        sums[j] += (long) drawn[r] * value;
        squares[j] += (long) drawn[r] * value * value;
        least[j] = Math.min(least[j], value);
        largest[j] = Math.max(largest[j], value);
      }
    }
    for (int j = 0; j < features; j++) {
      least[j] = counts[0][j] > 0 ? 0 : least[j];
      mean[j] = (double) sums[j] / rows;
      variance[j] = (double) squares[j] / rows - mean[j] * mean[j];
    }
    Map<String, Long> byName = new LinkedHashMap<>();
    for (int c = 0; c < classRows.length; c++) {
      byName.put(String.valueOf(c), classRows[c]);
    }
    return new StoredProfile(
        rows,
        byName,
        null,
        null,
        ByteTotals.BINS.starts(),
        least,
        largest,
        mean,
        variance,
        counts[0].clone(),
        counts);
  }
}
