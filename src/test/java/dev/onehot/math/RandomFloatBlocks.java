package dev.onehot.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Ragged random blocks of real numbers with their raw rows beside them: full, half-full, nearly
 * empty and empty columns, each with a magnitude of its own; empty rows; numbers so small that a
 * block holds them as denormals or as 0.
 */
final class RandomFloatBlocks {

  /** Shares of non-zeros that columns have. */
  private static final double[] SHARES = {0, 0.002, 0.02, 0.1, 0.3, 0.36, 0.8, 1};

  final int features;
  final int classes;
  final FeatureValues values;
  final List<FloatBlock> blocks = new ArrayList<>();

  /** Raw rows, F numbers each, in the order of the input. */
  final List<float[]> rows = new ArrayList<>();

  final List<Integer> labels = new ArrayList<>();
  final List<Boolean> heldBack = new ArrayList<>();

  /** A weight for each row; null if there are none. */
  final List<Float> weights;

  /**
   * @param mixed whether columns are unlike; else about {@code share} of each isn't 0
   * @param heldBackShare the share of the rows that is held back
   * @param sizes the number of rows of each block
   */
  RandomFloatBlocks(
      SplittableRandom random,
      int features,
      int classes,
      boolean mixed,
      double share,
      double heldBackShare,
      boolean weighted,
      int... sizes) {
    this.features = features;
    this.classes = classes;
    weights = weighted ? new ArrayList<>() : null;
    short[] exponents = new short[features];
    double[] shares = new double[features];
    for (int j = 0; j < features; j++) {
      exponents[j] = (short) random.nextInt(-30, 31);
      shares[j] = mixed ? SHARES[random.nextInt(SHARES.length)] : share;
    }
    values = FeatureValues.real(exponents, FeatureScaling.uniform(1));
    for (int b = 0; b < sizes.length; b++) {
      addBlock(random, b, sizes[b], shares, heldBackShare);
    }
  }

  private void addBlock(
      SplittableRandom random, int index, int size, double[] shares, double heldBackShare) {
    int first = rows.size();
    boolean[] held = new boolean[size];
    for (int r = 0; r < size; r++) {
      float[] row = new float[features];
      boolean empty = random.nextInt(20) == 0;
      for (int j = 0; j < features; j++) {
        if (!empty && random.nextDouble() < shares[j]) {
          row[j] = (float) Math.scalb(number(random), values.exponent(j));
        }
      }
      rows.add(row);
      labels.add(random.nextInt(classes));
      held[r] = random.nextDouble() < heldBackShare;
      heldBack.add(held[r]);
      if (weights != null) {
        weights.add(random.nextInt(4) == 0 ? 1 : (float) random.nextDouble(1e-6, 1));
      }
    }
    blocks.add(block(index, first, size, held, random.nextBoolean()));
  }

  /** A number of -1 … 1; some are tiny. */
  private static double number(SplittableRandom random) {
    double number = random.nextDouble(-1, 1);
    return switch (random.nextInt(40)) {
      case 0 -> number * 1e-40;
      case 1 -> number * 1e-46;
      case 2 -> Math.signum(number);
      default -> number;
    };
  }

  /** Builds a block again from rows that are in one of two layouts. */
  FloatBlock block(int index, int first, int size, boolean[] held, boolean sparse) {
    int[] order = IntStream.range(0, size).toArray();
    int[] labelsOfBlock =
        labels.subList(first, first + size).stream().mapToInt(Integer::intValue).toArray();
    float[] weightsOfBlock = null;
    if (weights != null) {
      weightsOfBlock = new float[size];
      for (int r = 0; r < size; r++) {
        weightsOfBlock[r] = weights.get(first + r);
      }
    }
    RowValues raw = sparse ? sparse(first, size) : dense(first, size);
    return FloatBlock.of(index, first, order, labelsOfBlock, weightsOfBlock, raw, values, held);
  }

  private FloatRows dense(int first, int size) {
    float[] all = new float[size * features];
    for (int r = 0; r < size; r++) {
      System.arraycopy(rows.get(first + r), 0, all, r * features, features);
    }
    return new FloatRows(features, all);
  }

  private SparseRows sparse(int first, int size) {
    int[] starts = new int[size + 1];
    int[] columns = new int[size * features];
    float[] numbers = new float[size * features];
    int end = 0;
    for (int r = 0; r < size; r++) {
      float[] row = rows.get(first + r);
      for (int j = 0; j < features; j++) {
        if (row[j] != 0) {
          columns[end] = j;
          numbers[end++] = row[j];
        }
      }
      starts[r + 1] = end;
    }
    return new SparseRows(
        features, starts, Arrays.copyOf(columns, end), Arrays.copyOf(numbers, end));
  }

  /** Random weights that give logits of about this size. */
  double[] modelWeights(SplittableRandom random, boolean bias, double size) {
    double[] all = new double[(features + (bias ? 1 : 0)) * classes];
    for (int i = 0; i < all.length; i++) {
      int j = i / classes;
      double reach = j < features ? Math.scalb(Math.sqrt(features), values.exponent(j)) : 1;
      all[i] = random.nextDouble(-size, size) / reach;
    }
    return all;
  }

  float[] classWeights(SplittableRandom random) {
    float[] all = new float[classes];
    for (int c = 0; c < classes; c++) {
      all[c] = random.nextInt(4) == 0 ? 1 : (float) random.nextDouble(1e-3, 1);
    }
    return all;
  }

  RoundedWeights rounded(double[] weights, boolean bias, Activation activation) {
    return RoundedWeights.of(weights, features, classes, bias, activation, values, rows.size());
  }
}
