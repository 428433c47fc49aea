package dev.onehot.math;

/** The block kernel in plain Java. */
final class ScalarBlockKernel extends AbstractBlockKernel {

  /** C × F: a class's weights lie side by side, as the bias's do behind them. */
  private final float[] weights;

  private final float[] bias;

  /** C × ROWS: logits, then in their place (P − onehot(y)) ⊙ f'(Z). */
  private final float[] logits;

  private final float[] activations;
  private final float[] derivatives;

  /** The non-zeros of the row or column at hand, unpacked once for all classes. */
  private final int[] indices;

  private final float[] values;

  ScalarBlockKernel(Layer layer) {
    super(layer);
    weights = new float[classes * features];
    bias = new float[classes];
    for (int c = 0; c < classes; c++) {
      for (int j = 0; j < features; j++) {
        weights[c * features + j] = layer.weights()[j * classes + c];
      }
      bias[c] = layer.bias() ? layer.weights()[features * classes + c] : 0;
    }
    logits = new float[classes * RowBlock.ROWS];
    activations = new float[classes];
    derivatives = new float[classes];
    indices = new int[Math.max(features, RowBlock.ROWS)];
    values = new float[indices.length];
  }

  @Override
  void forward(RowBlock block) {
    for (int r = 0; r < block.rows(); r++) {
      int from = block.rowStart()[r];
      int count = block.rowStart()[r + 1] - from;
      for (int k = 0; k < count; k++) {
        indices[k] = block.columns()[from + k];
        values[k] = block.values()[from + k] & 255;
      }
      for (int c = 0; c < classes; c++) {
        float z = dot(weights, c * features, count);
        logits[c * RowBlock.ROWS + r] = layer.bias() ? z + bias[c] : z;
      }
    }
  }

  /** The sum over the non-zeros at hand, in the prescribed order. */
  private float dot(float[] matrix, int offset, int count) {
    float a0 = 0;
    float a1 = 0;
    float a2 = 0;
    float a3 = 0;
    int k = 0;
    for (; k + ACCUMULATORS <= count; k += ACCUMULATORS) {
      a0 = Math.fma(values[k], matrix[offset + indices[k]], a0);
      a1 = Math.fma(values[k + 1], matrix[offset + indices[k + 1]], a1);
      a2 = Math.fma(values[k + 2], matrix[offset + indices[k + 2]], a2);
      a3 = Math.fma(values[k + 3], matrix[offset + indices[k + 3]], a3);
    }
    if (k < count) {
      a0 = Math.fma(values[k], matrix[offset + indices[k]], a0);
    }
    if (k + 1 < count) {
      a1 = Math.fma(values[k + 1], matrix[offset + indices[k + 1]], a1);
    }
    if (k + 2 < count) {
      a2 = Math.fma(values[k + 2], matrix[offset + indices[k + 2]], a2);
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
        logits[c * RowBlock.ROWS + r] = (activations[c] * reciprocal - onehot) * derivatives[c];
      }
    }
  }

  /** f(z) and f'(z) of one row of logits; counts open gates. */
  private void activate(int r, RowStatistics statistics) {
    boolean undecided = true;
    for (int c = 0; c < classes; c++) {
      float z = logits[c * RowBlock.ROWS + r];
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

  @Override
  void backward(RowBlock block, long[] gradient) {
    for (int j = 0; j < features; j++) {
      int from = block.columnStart()[j];
      int count = block.columnStart()[j + 1] - from;
      for (int k = 0; k < count; k++) {
        indices[k] = block.rowsOfColumns()[from + k] & 255;
        values[k] = block.valuesOfColumns()[from + k] & 255;
      }
      if (count > 0) {
        addRounded(gradient, j * classes, count);
      }
    }
  }

  @Override
  void backwardBias(int trainingRows, long[] gradient) {
    for (int r = 0; r < trainingRows; r++) {
      indices[r] = r;
      values[r] = 1;
    }
    addRounded(gradient, features * classes, trainingRows);
  }

  private void addRounded(long[] gradient, int at, int count) {
    for (int c = 0; c < classes; c++) {
      float g = dot(logits, c * RowBlock.ROWS, count);
      gradient[at + c] += FixedPoint.roundScaled(g * gradientScale);
    }
  }
}
