package dev.onehot.math;

import java.util.Arrays;

/** The block kernel in plain Java. */
final class ScalarBlockKernel implements BlockKernel {

  /**
   * Rows whose softmax sums are multiplied before a logarithm is taken of them: Σ log s = log Π s.
   * Each sum is between 1 and the number of classes, so the product stays a finite double.
   */
  private static final int ROWS_PER_LOGARITHM = 32;

  private final Layer layer;
  private final int classes;
  private final float[] weights;
  private final double gradientScale;
  private final double lossScale;

  /** ROWS × C: logits, then in their place (P − onehot(y)) ⊙ f'(Z). */
  private final float[] logits;

  /** Four accumulators of C numbers each. */
  private final float[] a0;

  private final float[] a1;
  private final float[] a2;
  private final float[] a3;

  private final float[] activations;
  private final float[] derivatives;

  /** For each row the softmax's denominator Σ exp(a_c − max a), and max a − a_y. */
  private final float[] denominators = new float[RowBlock.ROWS];

  private final float[] margins = new float[RowBlock.ROWS];

  ScalarBlockKernel(Layer layer) {
    this.layer = layer;
    classes = layer.classes();
    weights = layer.weights();
    gradientScale = layer.gradientScale().scale();
    lossScale = layer.lossScale().scale();
    logits = new float[RowBlock.ROWS * classes];
    a0 = new float[classes];
    a1 = new float[classes];
    a2 = new float[classes];
    a3 = new float[classes];
    activations = new float[classes];
    derivatives = new float[classes];
  }

  @Override
  public void accumulate(RowBlock block, GradientSum sum) {
    if (block.features() != layer.features()) {
      throw new IllegalArgumentException(
          "a block of %d features for weights of %d".formatted(block.features(), layer.features()));
    }
    int trainingRows = block.trainingRows();
    forward(block);
    rows(block, 0, trainingRows, sum.training);
    rows(block, trainingRows, block.rows(), sum.heldBack);
    backward(block, sum.gradient);
    if (layer.bias()) {
      backwardBias(trainingRows, sum.gradient);
    }
  }

  /** Z = X·W (+ b). */
  private void forward(RowBlock block) {
    int[] rowStart = block.rowStart();
    char[] columns = block.columns();
    byte[] values = block.values();
    int biasAt = layer.features() * classes;
    for (int r = 0; r < block.rows(); r++) {
      clearAccumulators();
      int end = rowStart[r + 1];
      int k = rowStart[r];
      for (; k + ACCUMULATORS <= end; k += ACCUMULATORS) {
        multiplyAddFour(
            weights,
            columns[k] * classes,
            values[k],
            columns[k + 1] * classes,
            values[k + 1],
            columns[k + 2] * classes,
            values[k + 2],
            columns[k + 3] * classes,
            values[k + 3]);
      }
      for (int rest = 0; k < end; k++, rest++) {
        multiplyAdd(weights, columns[k] * classes, values[k], rest);
      }
      int at = r * classes;
      for (int c = 0; c < classes; c++) {
        float z = (a0[c] + a1[c]) + (a2[c] + a3[c]);
        logits[at + c] = layer.bias() ? z + weights[biasAt + c] : z;
      }
    }
  }

  /** Turns the logits of some rows into the gradient by the logits, and counts. */
  private void rows(RowBlock block, int from, int to, RowStatistics statistics) {
    char[] labels = block.labels();
    for (int r = from; r < to; r++) {
      int label = labels[r];
      int at = r * classes;
      activate(at, statistics);
      float largest = activations[0];
      int best = 0;
      for (int c = 1; c < classes; c++) {
        if (activations[c] > largest) {
          largest = activations[c];
          best = c;
        }
      }
      if (best == label) {
        statistics.correct++;
      }
      margins[r] = largest - activations[label];
      float denominator = 0;
      for (int c = 0; c < classes; c++) {
        activations[c] = FloatExp.of(activations[c] - largest);
        denominator += activations[c];
      }
      denominators[r] = denominator;
      float reciprocal = 1 / denominator;
      for (int c = 0; c < classes; c++) {
        float onehot = c == label ? 1 : 0;
        logits[at + c] = (activations[c] * reciprocal - onehot) * derivatives[c];
      }
    }
    statistics.rows += to - from;
    statistics.loss += FixedPoint.roundScaled(loss(from, to) * lossScale);
  }

  /** f(z) and f'(z) of one row of logits; counts open gates. */
  private void activate(int at, RowStatistics statistics) {
    boolean undecided = true;
    for (int c = 0; c < classes; c++) {
      float z = logits[at + c];
      boolean open = true;
      switch (layer.activation()) {
        case RELU -> {
          open = z > 0;
          activations[c] = open ? z : 0;
          derivatives[c] = open ? 1 : 0;
        }
        case IDENTITY -> {
          activations[c] = z;
          derivatives[c] = 1;
        }
        case SIGMOID -> {
          float e = FloatExp.of(-Math.abs(z));
          float reciprocal = 1 / (1 + e);
          activations[c] = z >= 0 ? reciprocal : e * reciprocal;
          derivatives[c] = e * reciprocal * reciprocal;
        }
      }
      if (open) {
        undecided = false;
        statistics.active[c]++;
      }
    }
    if (undecided) {
      statistics.undecided++;
    }
  }

  /** Σ log Σ exp(a_c) − a_y over some rows: no probability is formed, so none can underflow. */
  private double loss(int from, int to) {
    double loss = 0;
    double product = 1;
    for (int r = from; r < to; r++) {
      loss += margins[r];
      product *= denominators[r];
      if ((r - from) % ROWS_PER_LOGARITHM == ROWS_PER_LOGARITHM - 1) {
        loss += StrictMath.log(product);
        product = 1;
      }
    }
    return loss + StrictMath.log(product);
  }

  /** G = Xᵀ·D, column by column, rounded and added. */
  private void backward(RowBlock block, long[] gradient) {
    int[] columnStart = block.columnStart();
    byte[] rows = block.rowsOfColumns();
    byte[] values = block.valuesOfColumns();
    for (int j = 0; j < block.features(); j++) {
      int k = columnStart[j];
      int end = columnStart[j + 1];
      if (k == end) {
        continue;
      }
      clearAccumulators();
      for (; k + ACCUMULATORS <= end; k += ACCUMULATORS) {
        multiplyAddFour(
            logits,
            (rows[k] & 255) * classes,
            values[k],
            (rows[k + 1] & 255) * classes,
            values[k + 1],
            (rows[k + 2] & 255) * classes,
            values[k + 2],
            (rows[k + 3] & 255) * classes,
            values[k + 3]);
      }
      for (int rest = 0; k < end; k++, rest++) {
        multiplyAdd(logits, (rows[k] & 255) * classes, values[k], rest);
      }
      addRounded(gradient, j * classes);
    }
  }

  /** The bias is a feature that is 1 on every row. */
  private void backwardBias(int trainingRows, long[] gradient) {
    clearAccumulators();
    for (int r = 0; r < trainingRows; r++) {
      multiplyAdd(logits, r * classes, (byte) 1, r % ACCUMULATORS);
    }
    addRounded(gradient, layer.features() * classes);
  }

  private void addRounded(long[] gradient, int at) {
    for (int c = 0; c < classes; c++) {
      float g = (a0[c] + a1[c]) + (a2[c] + a3[c]);
      gradient[at + c] += FixedPoint.roundScaled(g * gradientScale);
    }
  }

  private void clearAccumulators() {
    Arrays.fill(a0, 0);
    Arrays.fill(a1, 0);
    Arrays.fill(a2, 0);
    Arrays.fill(a3, 0);
  }

  /** {@code a0 += v0 · matrix[at0 …]} and so on, C numbers each. */
  private void multiplyAddFour(
      float[] matrix,
      int at0,
      byte value0,
      int at1,
      byte value1,
      int at2,
      byte value2,
      int at3,
      byte value3) {
    float v0 = value0 & 255;
    float v1 = value1 & 255;
    float v2 = value2 & 255;
    float v3 = value3 & 255;
    for (int c = 0; c < classes; c++) {
      a0[c] = Math.fma(v0, matrix[at0 + c], a0[c]);
      a1[c] = Math.fma(v1, matrix[at1 + c], a1[c]);
      a2[c] = Math.fma(v2, matrix[at2 + c], a2[c]);
      a3[c] = Math.fma(v3, matrix[at3 + c], a3[c]);
    }
  }

  private void multiplyAdd(float[] matrix, int at, byte value, int accumulator) {
    float v = value & 255;
    float[] a =
        switch (accumulator) {
          case 0 -> a0;
          case 1 -> a1;
          case 2 -> a2;
          default -> a3;
        };
    for (int c = 0; c < classes; c++) {
      a[c] = Math.fma(v, matrix[at + c], a[c]);
    }
  }
}
