package dev.onehot.math;

import java.util.Arrays;

/** The block kernel in plain Java. */
final class ScalarBlockKernel extends AbstractBlockKernel {

  /** C × F: the weights of a class lie side by side; null until the first block of bytes. */
  private float[] weightsByClass;

  /** C biases; 0 if there is none. */
  private final float[] bias;

  /** C × ROWS: first the logits, then (P − onehot(y)) ⊙ f'(Z). */
  private final float[] logits;

  private final float[] activations;
  private final float[] derivatives;

  /**
   * The columns or rows of the values at hand: of one row or column, unpacked once for all classes.
   * Zeros of dense columns are left out.
   */
  private final int[] indices;

  /** The values at hand. */
  private final float[] values;

  private final float[] strands = new float[STRANDS];

  /** Null until the first block of real numbers. */
  private ScalarFloatProducts floats;

  ScalarBlockKernel(RoundedWeights weights) {
    super(weights);
    bias = new float[classes];
    for (int c = 0; c < classes && weights.bias(); c++) {
      bias[c] = weights.values()[features * classes + c];
    }
    logits = new float[classes * RowBlock.ROWS];
    activations = new float[classes];
    derivatives = new float[classes];
    int most = Math.min(features, ByteBlock.MAX_FEATURES) + ByteBlock.PADDING;
    indices = new int[Math.max(most, RowBlock.ROWS)];
    values = new float[indices.length];
  }

  @Override
  void forward(ByteBlock block) {
    if (weightsByClass == null) {
      layOutWeights();
    }
    for (int r = 0; r < block.rows(); r++) {
      sumDenseColumns(block, r);
      int from = block.rowStart[r];
      int sparse = block.rowStart[r + 1] - from;
      for (int k = 0; k < sparse; k++) {
        indices[k] = block.columns[from + k];
        values[k] = block.values[from + k] & 255;
      }
      for (int c = 0; c < classes; c++) {
        float z = logits[c * RowBlock.ROWS + r] + dot(weightsByClass, c * features, sparse);
        logits[c * RowBlock.ROWS + r] = weights.bias() ? z + bias[c] : z;
      }
    }
  }

  private void layOutWeights() {
    weightsByClass = new float[classes * features];
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < features; j++) {
        weightsByClass[c * features + j] = weights.values()[j * classes + c];
      }
    }
  }

  private void sumDenseColumns(ByteBlock block, int r) {
    int count = 0;
    for (int i = 0; i < block.denseColumns.length; i++) {
      int value = block.denseValue(i, r);
      if (value != 0) {
        indices[count] = block.denseColumns[i];
        values[count++] = value;
      }
    }
    for (int c = 0; c < classes; c++) {
      logits[c * RowBlock.ROWS + r] = chain(weightsByClass, c * features, count);
    }
  }

  /** The sum over the values at hand, one after another. */
  private float chain(float[] matrix, int offset, int count) {
    float sum = 0;
    for (int k = 0; k < count; k++) {
      sum = Math.fma(values[k], matrix[offset + indices[k]], sum);
    }
    return sum;
  }

  /** The sum over the values at hand, each in the strand of its row; then strands are joined. */
  private float strands(float[] matrix, int offset, int count) {
    Arrays.fill(strands, 0);
    for (int k = 0; k < count; k++) {
      int strand = indices[k] % STRANDS;
      strands[strand] = Math.fma(values[k], matrix[offset + indices[k]], strands[strand]);
    }
    for (int half = STRANDS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        strands[i] += strands[i + half];
      }
    }
    return strands[0];
  }

  /** The sum over the values at hand, whose number is a multiple of four, in four accumulators. */
  private float dot(float[] matrix, int offset, int count) {
    float a0 = 0;
    float a1 = 0;
    float a2 = 0;
    float a3 = 0;
    for (int k = 0; k < count; k += ACCUMULATORS) {
      a0 = Math.fma(values[k], matrix[offset + indices[k]], a0);
      a1 = Math.fma(values[k + 1], matrix[offset + indices[k + 1]], a1);
      a2 = Math.fma(values[k + 2], matrix[offset + indices[k + 2]], a2);
      a3 = Math.fma(values[k + 3], matrix[offset + indices[k + 3]], a3);
    }
    return (a0 + a1) + (a2 + a3);
  }

  @Override
  void differentiate(RowBlock block, int from, int to, RowStatistics statistics) {
    for (int r = from; r < to; r++) {
      int label = block.labels()[r];
      activate(r, statistics);
      float largest = activations[0];
      int best = 0;
      for (int c = 1; c < classes; c++) {
        if (activations[c] > largest) {
          largest = activations[c];
          best = c;
        }
      }
      if (best == label) {
        statistics.correct += rowWeights.multiple(r);
      }
      labelGaps[r] = largest - activations[label];
      float denominator = 0;
      for (int c = 0; c < classes; c++) {
        activations[c] = FloatExp.of(activations[c] - largest);
        denominator += activations[c];
      }
      denominators[r] = denominator;
      float reciprocal = 1 / denominator;
      for (int c = 0; c < classes; c++) {
        float onehot = c == label ? 1 : 0;
        logits[c * RowBlock.ROWS + r] = (activations[c] * reciprocal - onehot) * derivatives[c];
      }
    }
    if (from < block.trainingRows) {
      rowWeights.weigh(logits, 0, classes, block.trainingRows);
    }
  }

  /** Computes f(z) and f'(z) of one row of logits, and counts open gates. */
  private void activate(int r, RowStatistics statistics) {
    boolean undecided = true;
    for (int c = 0; c < classes; c++) {
      float z = logits[c * RowBlock.ROWS + r];
      boolean open = true;
      switch (weights.activation()) {
        case RELU -> {
          open = z > 0;
          // With a slope of 0 the sum gives 0, where a product would give −0.
          activations[c] = open ? z : Math.fma(z, weights.negativeSlope(), 0);
          derivatives[c] = open ? 1 : weights.negativeSlope();
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
        statistics.active[c] += rowWeights.multiple(r);
      }
    }
    if (undecided) {
      statistics.undecided++;
    }
  }

  @Override
  void backward(ByteBlock block, long[] gradient) {
    for (int i = 0; i < block.denseColumns.length; i++) {
      int count = 0;
      for (int r = 0; r < block.trainingRows; r++) {
        int value = block.denseValue(i, r);
        if (value != 0) {
          indices[count] = r;
          values[count++] = value;
        }
      }
      int at = block.denseColumns[i] * classes;
      for (int c = 0; c < classes; c++) {
        addRounded(gradient, at + c, strands(logits, c * RowBlock.ROWS, count));
      }
    }
    for (int i = 0; i < block.sparseColumns.length; i++) {
      int from = block.columnStart[i];
      int count = block.columnStart[i + 1] - from;
      for (int k = 0; k < count; k++) {
        indices[k] = block.rowsOfColumns[from + k];
        values[k] = block.valuesOfColumns[from + k] & 255;
      }
      int at = block.sparseColumns[i] * classes;
      for (int c = 0; c < classes; c++) {
        addRounded(gradient, at + c, dot(logits, c * RowBlock.ROWS, count));
      }
    }
  }

  @Override
  void forward(FloatBlock block) {
    if (floats == null) {
      floats = new ScalarFloatProducts(weights, logits);
    }
    floats.forward(block);
    if (weights.bias()) {
      for (int c = 0; c < classes; c++) {
        for (int r = 0; r < block.rows(); r++) {
          logits[c * RowBlock.ROWS + r] += bias[c];
        }
      }
    }
  }

  @Override
  void backward(FloatBlock block, long[] gradient) {
    floats.backward(block, logits, 0, gradient);
  }

  @Override
  void backwardBias(int trainingRows, long[] gradient) {
    for (int r = 0; r < trainingRows; r++) {
      indices[r] = r;
      values[r] = 1;
    }
    for (int c = 0; c < classes; c++) {
      float g = strands(logits, c * RowBlock.ROWS, trainingRows);
      addRounded(gradient, features * classes + c, g);
    }
  }

  private void addRounded(long[] gradient, int at, float g) {
    gradient[at] += FixedPoint.roundScaled(g * gradientScale);
  }

  @Override
  public void finish(GradientSum sum) {
    // Nothing was kept back.
  }
}
