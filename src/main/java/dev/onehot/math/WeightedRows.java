package dev.onehot.math;

/**
 * The weights of the rows of the block at hand: for each row its own weight times that of its
 * class, a product of floats.
 *
 * <p>Where all are 1, nothing is multiplied: so the bits and the time are those of rows without
 * weights.
 */
final class WeightedRows {

  /** The weight 1 in {@link RoundedWeights#weightScale()}. */
  final long one;

  /** For each row its weight in {@link RoundedWeights#weightScale()}, if any weight isn't 1. */
  final long[] multiples = new long[RowBlock.ROWS];

  private final float[] classWeights;
  private final double scale;
  private final float[] weights = new float[RowBlock.ROWS];
  private boolean differ;

  WeightedRows(RoundedWeights weights) {
    classWeights = weights.classWeights();
    scale = weights.weightScale().scale();
    one = FixedPoint.roundScaled(scale);
  }

  /** Takes the weights of a block. */
  void begin(RowBlock block) {
    differ = false;
    if (classWeights == null && block.rowWeights == null) {
      return;
    }
    for (int r = 0; r < block.rows(); r++) {
      float weight = block.rowWeight(r);
      if (classWeights != null) {
        weight *= classWeights[block.labels[r]];
      }
      weights[r] = weight;
      multiples[r] = FixedPoint.roundScaled(weight * scale);
      differ |= weight != 1;
    }
  }

  /** Whether any weight of the block isn't 1. */
  boolean differ() {
    return differ;
  }

  /** A row's weight in {@link RoundedWeights#weightScale()}. */
  long multiple(int row) {
    return differ ? multiples[row] : one;
  }

  /** The sum of {@link #multiple} over the rows from … to − 1. */
  long sum(int from, int to) {
    if (!differ) {
      return (to - from) * one;
    }
    long sum = 0;
    for (int r = from; r < to; r++) {
      sum += multiples[r];
    }
    return sum;
  }

  /**
   * The sum of weighted losses over the rows from … to − 1.
   *
   * @param labelGaps for each row max a − a_y
   * @param denominators for each row s = Σ exp(a_c − max a)
   */
  double loss(float[] labelGaps, float[] denominators, int from, int to) {
    return differ
        ? SoftmaxLoss.weightedSum(weights, labelGaps, denominators, from, to)
        : SoftmaxLoss.sum(labelGaps, denominators, from, to);
  }

  /**
   * Multiplies residuals by their rows' weights.
   *
   * @param residuals C × {@link RowBlock#ROWS} from index {@code first} on
   * @param rows how many rows of each class
   */
  void weigh(float[] residuals, int first, int classes, int rows) {
    if (!differ) {
      return;
    }
    for (int c = 0; c < classes; c++) {
      int at = first + c * RowBlock.ROWS;
      for (int r = 0; r < rows; r++) {
        residuals[at + r] *= weights[r];
      }
    }
  }
}
