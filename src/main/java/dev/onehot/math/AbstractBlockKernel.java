package dev.onehot.math;

import java.util.Locale;

/** What all block kernels share: the check of the block, the order of the passes, the loss. */
abstract class AbstractBlockKernel implements BlockKernel {

  final RoundedWeights weights;
  final int features;
  final int classes;
  final double gradientScale;

  /** For each row, the denominator of the softmax, Σ exp(a_c − max a). */
  final float[] denominators = new float[RowBlock.ROWS];

  /** For each row, how far the label's activation is below the largest, max a − a_y. */
  final float[] labelGaps = new float[RowBlock.ROWS];

  final WeightedRows rowWeights;

  private final double lossScale;

  AbstractBlockKernel(RoundedWeights weights) {
    this.weights = weights;
    features = weights.features();
    classes = weights.classes();
    gradientScale = weights.gradientScale().scale();
    lossScale = weights.lossScale().scale();
    rowWeights = new WeightedRows(weights);
  }

  @Override
  public final void accumulate(RowBlock block, GradientSum sum) {
    if (block.features() != features) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "a block of %d features for weights of %d", block.features(), features));
    }
    rowWeights.begin(block);
    int trainingRows = block.trainingRows();
    if (block instanceof FloatBlock floats) {
      forward(floats);
    } else {
      forward((ByteBlock) block);
    }
    measure(block, 0, trainingRows, sum.training);
    measure(block, trainingRows, block.rows(), sum.heldBack);
    if (block instanceof FloatBlock floats) {
      backward(floats, sum.gradient);
    } else {
      backward((ByteBlock) block, sum.gradient);
    }
    if (weights.bias()) {
      backwardBias(trainingRows, sum.gradient);
    }
  }

  /** Differentiates the rows from … to − 1 and counts them. */
  private void measure(RowBlock block, int from, int to, RowStatistics statistics) {
    differentiate(block, from, to, statistics);
    statistics.rows += to - from;
    statistics.weight += rowWeights.sum(from, to);
    double loss = rowWeights.loss(labelGaps, denominators, from, to);
    statistics.loss += FixedPoint.roundScaled(loss * lossScale);
  }

  /** Computes Z = X·W (+ b) of all rows, n × C. */
  abstract void forward(ByteBlock block);

  /** The same of a block of real numbers. */
  abstract void forward(FloatBlock block);

  /**
   * Computes D = (P − onehot(y)) ⊙ f'(Z) · w, the gradient by the logits, of the rows from … to −
   * 1. Stores their denominators and label gaps, and adds the weights of right predictions and of
   * open gates.
   */
  abstract void differentiate(RowBlock block, int from, int to, RowStatistics statistics);

  /** Adds G = Xᵀ·D over the training rows, F × C, rounded to fixed point. */
  abstract void backward(ByteBlock block, long[] gradient);

  /** The same of a block of real numbers. */
  abstract void backward(FloatBlock block, long[] gradient);

  /** Adds the same for the bias, a feature that is 1 on every row. */
  abstract void backwardBias(int trainingRows, long[] gradient);
}
