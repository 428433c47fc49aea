package dev.onehot.math;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Random rows of real numbers, in blocks: some features with large means, some mostly 0, one
 * constant; with weights.
 */
final class RandomReals {

  final int features;
  final float[][] rows;
  final int[] labels;
  final float[] weights;
  final FeatureValues values;

  RandomReals(long seed, int rowCount, int features, int classes) {
    this.features = features;
    Random random = new Random(seed);
    rows = new float[rowCount][features];
    labels = new int[rowCount];
    weights = new float[rowCount];
    for (int r = 0; r < rowCount; r++) {
      labels[r] = random.nextInt(classes);
      weights[r] = (1 + random.nextInt(8)) / 8f;
      for (int j = 0; j < features; j++) {
        double x = random.nextGaussian() * Math.pow(10, j % 5 - 2);
        rows[r][j] =
            (float)
                switch (j % 4) {
                  case 0 -> x + 50 * Math.pow(10, j % 5 - 2);
                  case 1 -> random.nextInt(5) == 0 ? x : 0;
                  case 2 -> j == 2 ? 7.25 : x;
                  default -> x;
                };
      }
    }
    short[] exponents = new short[features];
    for (int j = 0; j < features; j++) {
      int feature = j;
      double largest =
          IntStream.range(0, rowCount).mapToDouble(r -> Math.abs(rows[r][feature])).max().orElse(0);
      while (Math.scalb(1.0, exponents[j]) < largest) {
        exponents[j]++;
      }
      while (Math.scalb(1.0, exponents[j] - 1) >= largest && largest > 0) {
        exponents[j]--;
      }
    }
    values = FeatureValues.real(exponents, FeatureScaling.uniform(1));
  }

  /** The rows from … to − 1 as a block. */
  RowBlock block(long index, int from, int to, boolean weighted, boolean[] heldBack) {
    float[] all = new float[(to - from) * features];
    for (int r = from; r < to; r++) {
      System.arraycopy(rows[r], 0, all, (r - from) * features, features);
    }
    return FloatBlock.of(
        index,
        from,
        IntStream.range(0, to - from).toArray(),
        Arrays.copyOfRange(labels, from, to),
        weighted ? Arrays.copyOfRange(weights, from, to) : null,
        new FloatRows(features, all),
        values,
        heldBack);
  }

  /** A mean of 0 and a deviation of 1, by plain loops. */
  FeatureScaling standard() {
    double[] scales = new double[features];
    double[] shifts = new double[features];
    for (int j = 0; j < features; j++) {
      for (float[] row : rows) {
        shifts[j] += (double) row[j] / rows.length;
      }
      double variance = 0;
      for (float[] row : rows) {
        variance += Math.pow(row[j] - shifts[j], 2) / rows.length;
      }
      scales[j] = variance < 1e-12 ? 1 : 1 / Math.sqrt(variance);
    }
    return FeatureScaling.of(scales, shifts);
  }

  /** All rows as a model sees them. */
  double[][] scaled(FeatureScaling scaling) {
    double[][] x = new double[rows.length][features];
    for (int r = 0; r < rows.length; r++) {
      for (int j = 0; j < features; j++) {
        x[r][j] = (rows[r][j] - scaling.shift(j)) * scaling.scale(j);
      }
    }
    return x;
  }
}
