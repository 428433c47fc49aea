package dev.onehot.math;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * The exact sum of the products of features, {@code Xᵀ·X} (inputs × inputs), over training rows of
 * blocks. It consists of integers, so the bits are the same in whatever order blocks and parts are
 * added.
 *
 * <p>It takes about {@code non-zeros · inputs / 2} multiplications, and memory for {@code inputs² /
 * 2} integers.
 */
public final class SecondMomentSum implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The most rows of a block that are added: so few that its sums are exact in float32. */
  public static final int MAX_ROWS_OF_BLOCK = 256;

  /** Whole numbers up to here are exact in float32. */
  private static final int LARGEST_SUM_OF_BLOCK = 1 << 24;

  private final int features;
  private final int inputs;
  private final FeatureValues values;
  private final int largestProduct;
  private int rows;

  /** The upper triangle, row after row. */
  private final int[] products;

  /** The rows of a block, dense; a bias is a feature that has the largest value on every row. */
  private transient float[][] dense;

  /** One row of {@code Xᵀ·X} of one block: whole numbers below 2²⁴, exact in float32. */
  private transient float[] product;

  private transient float[] zeros;

  /**
   * An empty sum.
   *
   * @param bias whether an input that is 1 on every row follows the features
   * @param values what the raw features are: whole numbers
   * @throws IllegalArgumentException if they are too large for sums in float32
   */
  public SecondMomentSum(int features, boolean bias, FeatureValues values) {
    double largestProduct = values.largest() * values.largest();
    if (MAX_ROWS_OF_BLOCK * largestProduct > LARGEST_SUM_OF_BLOCK) {
      throw new IllegalArgumentException("products are not exact in float32: " + values);
    }
    this.values = values;
    this.largestProduct = (int) largestProduct;
    this.features = features;
    inputs = bias ? features + 1 : features;
    products = new int[Math.multiplyExact(inputs, inputs + 1) / 2];
  }

  /**
   * Adds evenly spaced training rows of a block.
   *
   * @param rows how many, 1 to {@link #MAX_ROWS_OF_BLOCK}; a block with fewer gives all it has
   * @throws ArithmeticException if there are more than {@link #maxRows} in all
   */
  public void add(RowBlock block, int rows) {
    if (block.features() != features) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a block of %d features among blocks of %d",
              block.features(),
              features));
    }
    if (rows < 1 || rows > MAX_ROWS_OF_BLOCK) {
      throw new IllegalArgumentException(rows + " rows of a block");
    }
    int taken = Math.min(block.trainingRows(), rows);
    count(taken);
    if (dense == null) {
      dense = new float[MAX_ROWS_OF_BLOCK][inputs];
      product = new float[inputs];
      zeros = new float[inputs];
    }
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

  /** Adds another sum to this one, in place. */
  public SecondMomentSum merge(SecondMomentSum other) {
    count(other.rows);
    for (int i = 0; i < products.length; i++) {
      products[i] += other.products[i];
    }
    return this;
  }

  /** Over so many rows no sum can overflow. */
  public int maxRows() {
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
      float[] row = dense[r];
      Arrays.fill(row, 0);
      int at = r * block.trainingRows() / rows;
      block.forEachNonZero(at, (column, value) -> row[column] = value);
      if (inputs > features) {
        row[features] = (float) values.largest();
      }
    }
  }

  /** Computes row i of the block's product from column i on, Σ x_i · x; false if all is 0. */
  private boolean multiply(int rows, int i) {
    Arrays.fill(product, i, inputs, 0);
    float[] waiting = null;
    boolean any = false;
    for (int r = 0; r < rows; r++) {
      if (dense[r][i] == 0) {
        continue;
      }
      any = true;
      if (waiting == null) {
        waiting = dense[r];
      } else {
        addScaled(product, i, waiting, dense[r]);
        waiting = null;
      }
    }
    if (waiting != null) {
      addScaled(product, i, waiting, zeros);
    }
    return any;
  }

  /** Adds two rows at once: {@code sum += x_i · x + y_i · y}, from column i on. */
  private static void addScaled(float[] sum, int i, float[] x, float[] y) {
    float a = x[i];
    float b = y[i];
    for (int j = i; j < sum.length; j++) {
      sum[j] += a * x[j] + b * y[j];
    }
  }

  private void addProduct(int i, int at) {
    for (int j = i; j < inputs; j++) {
      products[at + j - i] += (int) product[j];
    }
  }

  /** How many rows were added. */
  public int rows() {
    return rows;
  }

  /**
   * The uncentred covariance, {@code Xᵀ·X / N}: symmetric, inputs × inputs; zeros if there are no
   * rows. Features are as the model sees them; a bias is 1.
   */
  public double[][] mean() {
    double[][] mean = new double[inputs][inputs];
    int at = 0;
    for (int i = 0; i < inputs; i++) {
      for (int j = i; j < inputs; j++) {
        mean[i][j] = products[at++] * scale(i) * scale(j);
        mean[i][j] /= Math.max(1, rows);
        mean[j][i] = mean[i][j];
      }
    }
    return mean;
  }

  private double scale(int input) {
    return input < features ? values.scale(input) : 1 / values.largest();
  }
}
