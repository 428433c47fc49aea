package dev.onehot.math;

import java.util.Arrays;
import java.util.Locale;

/**
 * The sum over blocks of bytes whose features have no shifts: exact. Each row counts once, whatever
 * its weight. It takes memory for {@code inputs² / 2} ints.
 */
final class ByteMomentSum extends SecondMomentSum {

  private static final long serialVersionUID = 1L;

  /** Whole numbers up to here are exact in float32. */
  private static final int LARGEST_SUM_OF_BLOCK = 1 << 24;

  private final int largestProduct;
  private int rows;

  /** The upper triangle, row after row. A row of a block is whole numbers below 2²⁴ before. */
  private final int[] products;

  /**
   * @throws IllegalArgumentException if the values are too large for sums in float32
   */
  ByteMomentSum(int features, boolean bias, FeatureValues values) {
    super(features, bias, values);
    double largestProduct = values.largest() * values.largest();
    if (MAX_ROWS_OF_BLOCK * largestProduct > LARGEST_SUM_OF_BLOCK) {
      throw new IllegalArgumentException("products are not exact in float32: " + values);
    }
    this.largestProduct = (int) largestProduct;
    products = new int[triangle()];
  }

  @Override
  void addRows(RowBlock block, int taken) {
    count(taken);
    unpack(block, taken);
    int at = 0;
    for (int i = 0; i < inputs; i++) {
      if (i == features) {
        products[at] += taken * largestProduct;
      } else if (multiply(taken, i)) {
        addProduct(i, at);
      }
      at += inputs - i;
    }
  }

  @Override
  public SecondMomentSum merge(SecondMomentSum others) {
    ByteMomentSum other = (ByteMomentSum) others;
    count(other.rows);
    for (int i = 0; i < products.length; i++) {
      products[i] += other.products[i];
    }
    return this;
  }

  /** Over so many rows no sum can overflow. */
  int maxRows() {
    return Integer.MAX_VALUE / largestProduct;
  }

  private void count(int more) {
    if (rows + more > maxRows()) {
      throw new ArithmeticException(
          String.format(Locale.ROOT, "products of more than %d rows", maxRows()));
    }
    rows += more;
  }

  private void unpack(RowBlock block, int rows) {
    for (int r = 0; r < rows; r++) {
      float[] row = dense()[r];
      Arrays.fill(row, 0);
      block.forEachNonZero(rowAt(block, r, rows), (column, value) -> row[column] = value);
      if (inputs > features) {
        row[features] = (float) values.largest();
      }
    }
  }

  private void addProduct(int i, int at) {
    for (int j = i; j < inputs; j++) {
      products[at + j - i] += (int) product()[j];
    }
  }

  @Override
  double product(int at) {
    return products[at];
  }

  @Override
  double weight() {
    return rows;
  }

  @Override
  double scale(int input) {
    return input < features ? values.scale(input) : 1 / values.largest();
  }
}
