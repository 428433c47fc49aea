package dev.onehot.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Ragged random blocks with their dense rows beside them. */
final class RandomBlocks {

  final int features;
  final int classes;
  final List<RowBlock> blocks = new ArrayList<>();

  /** Dense rows, pixels / 255, and labels: training rows only. */
  final List<double[]> trainingRows = new ArrayList<>();

  final List<Integer> trainingLabels = new ArrayList<>();

  RandomBlocks(long seed, int features, int classes, double density, double heldBack, int... rows) {
    this.features = features;
    this.classes = classes;
    SplittableRandom random = new SplittableRandom(seed);
    for (int b = 0; b < rows.length; b++) {
      int[] labels = new int[rows[b]];
      byte[] pixels = new byte[rows[b] * features];
      boolean[] held = new boolean[rows[b]];
      for (int r = 0; r < rows[b]; r++) {
        labels[r] = random.nextInt(classes);
        held[r] = random.nextDouble() < heldBack;
        double[] row = new double[features];
        for (int j = 0; j < features; j++) {
          // Blocks with dense and with sparse columns.
          double share = j % 2 == 0 ? density : density * density;
          int value = random.nextDouble() < share ? random.nextInt(1, 256) : 0;
          pixels[r * features + j] = (byte) value;
          row[j] = value / 255.0;
        }
        if (!held[r]) {
          trainingRows.add(row);
          trainingLabels.add(labels[r]);
        }
      }
      blocks.add(ConsecutiveRows.block(b, labels, pixels, features, held));
    }
  }

  double[] weights(long seed, boolean bias, double scale) {
    return new SplittableRandom(seed)
        .doubles((long) (features + (bias ? 1 : 0)) * classes, -scale, scale)
        .toArray();
  }

  RoundedWeights rounded(double[] weights, boolean bias, Activation activation) {
    long rows = blocks.stream().mapToLong(RowBlock::rows).sum();
    return RoundedWeights.of(weights, features, classes, bias, activation, ByteBlock.VALUES, rows);
  }

  GradientSum sum(RoundedWeights rounded) {
    GradientSum sum = new GradientSum(rounded.inputs(), classes);
    BlockKernel kernel = BlockKernel.of(rounded);
    blocks.forEach(block -> kernel.accumulate(block, sum));
    kernel.finish(sum);
    return sum;
  }

  /** The mean cross-entropy over the training rows, in float64. */
  double loss(double[] weights, boolean bias, Activation activation) {
    return regression(weights, bias, activation).test(features(), labels()).loss();
  }

  /** The mean cross-entropy over the training rows behind a gate that leaks, in float64. */
  double lossBehindLeakyGate(double[] weights, boolean bias, double negativeSlope) {
    double loss = 0;
    for (int r = 0; r < trainingRows.size(); r++) {
      double[] row = trainingRows.get(r);
      double[] activations = new double[classes];
      for (int c = 0; c < classes; c++) {
        double z = bias ? weights[features * classes + c] : 0;
        for (int j = 0; j < features; j++) {
          z += row[j] * weights[j * classes + c];
        }
        activations[c] = z > 0 ? z : negativeSlope * z;
      }
      loss -= Math.log(Softmax.of(activations)[trainingLabels.get(r)]);
    }
    return loss / trainingRows.size();
  }

  SoftmaxRegression regression(double[] weights, boolean bias, Activation activation) {
    double[][] w = new double[features][];
    for (int j = 0; j < features; j++) {
      w[j] = Arrays.copyOfRange(weights, j * classes, (j + 1) * classes);
    }
    double[] b = bias ? Arrays.copyOfRange(weights, features * classes, weights.length) : null;
    return new SoftmaxRegression(activation, w, b);
  }

  /** X, the training rows. */
  double[][] features() {
    return trainingRows.toArray(double[][]::new);
  }

  /** y, the training rows' labels. */
  int[] labels() {
    return trainingLabels.stream().mapToInt(Integer::intValue).toArray();
  }
}
