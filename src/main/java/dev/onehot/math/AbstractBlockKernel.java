package dev.onehot.math;

/** What all block kernels share: the check of the block, the order of the passes, the loss. */
abstract class AbstractBlockKernel implements BlockKernel {

  final RoundedWeights weights;
  final int features;
  final int classes;
  final double gradientScale;

  /** For each row the softmax's denominator Σ exp(a_c − max a), and max a − a_y. */
  final float[] denominators = new float[RowBlock.ROWS];

  final float[] labelGaps = new float[RowBlock.ROWS];

  private final double lossScale;

  AbstractBlockKernel(RoundedWeights weights) {
    this.weights = weights;
    features = weights.features();
    classes = weights.classes();
    gradientScale = weights.gradientScale().scale();
    lossScale = weights.lossScale().scale();
  }

  @Override
  public final void accumulate(RowBlock block, GradientSum sum) {
    if (block.features() != features) {
      throw new IllegalArgumentException(
          "a block of %d features for weights of %d".formatted(block.features(), features));
    }
    int trainingRows = block.trainingRows();
    forward(block);
    rows(block, 0, trainingRows, sum.training);
    rows(block, trainingRows, block.rows(), sum.heldBack);
    backward(block, sum.gradient);
    if (weights.bias()) {
      backwardBias(trainingRows, sum.gradient);
    }
  }

  private void rows(RowBlock block, int from, int to, RowStatistics statistics) {
    differentiate(block, from, to, statistics);
    statistics.rows += to - from;
    double loss = SoftmaxLoss.sum(labelGaps, denominators, from, to);
    statistics.loss += FixedPoint.roundScaled(loss * lossScale);
  }

  /** Z = X·W (+ b), of all rows. */
  abstract void forward(RowBlock block);

  /**
   * Turns the logits of some rows into the gradient by the logits, D = (P − onehot(y)) ⊙ f'(Z);
   * leaves their denominators and label gaps; counts right predictions and open gates.
   */
  abstract void differentiate(RowBlock block, int from, int to, RowStatistics statistics);

  /** G = Xᵀ·D over the training rows, column by column, rounded and added. */
  abstract void backward(RowBlock block, long[] gradient);

  /** The same for the bias, a feature that is 1 on every row. */
  abstract void backwardBias(int trainingRows, long[] gradient);
}
