package dev.onehot.math;

import java.util.Arrays;

/**
 * The sum over blocks of any numbers, of features that may have shifts and rows that may have
 * weights: {@code Σ w·(x − shift)·(x − shift)ᵀ}. Shifts are taken off before anything is
 * multiplied, so a large mean costs no precision. The products of a block are float32, summed in
 * the order of its rows, and are rounded once to 64-bit integers. It takes memory for {@code
 * inputs² / 2} longs.
 */
final class RealMomentSum extends SecondMomentSum {

  private static final long serialVersionUID = 1L;

  /** The most rows that are added in all. */
  private static final int MOST_ROWS = 1 << 20;

  /** Bounds are this much larger for the float32 roundings in a block. */
  private static final double SLACK = 1.001;

  private final float[] classWeights;
  private final FixedPoint productScale;
  private final FixedPoint weightScale = FixedPoint.fitting(1, MOST_ROWS);

  /** For each feature its shift for numbers in blocks. */
  private final float[] shifts;

  /** The upper triangle, row after row. */
  private final long[] products;

  private long weight;

  RealMomentSum(int features, boolean bias, FeatureValues values, float[] classWeights) {
    super(features, bias, values);
    this.classWeights = classWeights;
    shifts = new float[features];
    double largest = 1;
    for (int j = 0; j < features; j++) {
      shifts[j] = (float) values.shift(j);
      largest = Math.max(largest, values.largest() + Math.abs(shifts[j]));
    }
    double largestProduct = SLACK * largest * largest;
    productScale =
        FixedPoint.fitting(MAX_ROWS_OF_BLOCK * largestProduct, MOST_ROWS * largestProduct);
    products = new long[triangle()];
  }

  @Override
  void addRows(RowBlock block, int taken) {
    float[] weights = new float[taken];
    for (int r = 0; r < taken; r++) {
      int at = rowAt(block, r, taken);
      weights[r] =
          block.rowWeight(at) * (classWeights == null ? 1 : classWeights[block.labels[at]]);
      weight += weightScale.round(weights[r]);
      unpack(block, at, dense()[r]);
    }
    int at = 0;
    for (int i = 0; i < inputs; i++) {
      if (multiply(taken, i, weights)) {
        for (int j = i; j < inputs; j++) {
          products[at + j - i] += productScale.round(product()[j]);
        }
      }
      at += inputs - i;
    }
  }

  private void unpack(RowBlock block, int at, float[] row) {
    if (values.scaling().isCentred()) {
      for (int j = 0; j < features; j++) {
        row[j] = -shifts[j];
      }
      block.forEachNonZero(at, (column, value) -> row[column] = value - shifts[column]);
    } else {
      Arrays.fill(row, 0);
      block.forEachNonZero(at, (column, value) -> row[column] = value);
    }
    if (inputs > features) {
      row[features] = 1;
    }
  }

  @Override
  public SecondMomentSum merge(SecondMomentSum others) {
    RealMomentSum other = (RealMomentSum) others;
    weight += other.weight;
    for (int i = 0; i < products.length; i++) {
      products[i] += other.products[i];
    }
    return this;
  }

  @Override
  double product(int at) {
    return productScale.toDouble(products[at]);
  }

  @Override
  double weight() {
    return weightScale.toDouble(weight);
  }

  @Override
  double scale(int input) {
    return input < features ? values.scale(input) : 1;
  }
}
