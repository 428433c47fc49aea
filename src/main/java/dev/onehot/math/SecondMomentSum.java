package dev.onehot.math;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * The sum of the products of features, {@code Xᵀ·X} (inputs × inputs), over training rows of
 * blocks, of features as the model sees them. It consists of integers, so the bits are the same in
 * whatever order blocks and parts are added.
 *
 * <p>It takes about {@code non-zeros · inputs / 2} multiplications.
 */
public abstract sealed class SecondMomentSum implements Serializable
    permits ByteMomentSum, RealMomentSum {

  private static final long serialVersionUID = 2L;

  /** The most rows of a block that are added: so few that sums of bytes are exact in float32. */
  public static final int MAX_ROWS_OF_BLOCK = 256;

  final int features;
  final int inputs;
  final FeatureValues values;

  /** The rows of a block, dense. */
  private transient float[][] dense;

  /** One row of {@code Xᵀ·X} of one block. */
  private transient float[] product;

  private transient float[] zeros;

  SecondMomentSum(int features, boolean bias, FeatureValues values) {
    this.features = features;
    this.values = values;
    inputs = bias ? features + 1 : features;
  }

  /**
   * An empty sum. Rows of whole numbers without shifts and class weights count once, whatever their
   * weights.
   *
   * @param bias whether an input that is 1 on every row follows the features
   * @param values what blocks hold
   * @param classWeights C numbers that the weights of a class's rows are multiplied by; null if all
   *     are 1
   */
  public static SecondMomentSum of(
      int features, boolean bias, FeatureValues values, float[] classWeights) {
    return isOfBytes(values, values.scaling().isCentred(), classWeights != null)
        ? new ByteMomentSum(features, bias, values)
        : new RealMomentSum(features, bias, values, classWeights);
  }

  private static boolean isOfBytes(FeatureValues values, boolean centred, boolean hasClassWeights) {
    return values.areRaw() && !centred && !hasClassWeights;
  }

  /**
   * The bytes of the products in a sum.
   *
   * @param inputs the features, and a bias if there is one
   * @param values what blocks hold, perhaps not yet scaled
   * @param centred whether the model shifts features
   * @param hasClassWeights whether the rows of classes have weights of their own
   */
  public static long bytes(
      long inputs, FeatureValues values, boolean centred, boolean hasClassWeights) {
    int ofOne = isOfBytes(values, centred, hasClassWeights) ? Integer.BYTES : Long.BYTES;
    return inputs * (inputs + 1) / 2 * ofOne;
  }

  /** The length of the upper triangle. */
  final int triangle() {
    return Math.multiplyExact(inputs, inputs + 1) / 2;
  }

  /**
   * Adds evenly spaced training rows of a block.
   *
   * @param rows how many, 1 to {@link #MAX_ROWS_OF_BLOCK}; a block with fewer gives all it has
   * @throws ArithmeticException if there are too many in all
   */
  public final void add(RowBlock block, int rows) {
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
    if (dense == null) {
      dense = new float[MAX_ROWS_OF_BLOCK][inputs];
      product = new float[inputs];
      zeros = new float[inputs];
    }
    addRows(block, Math.min(block.trainingRows(), rows));
  }

  /** Adds so many evenly spaced training rows of a block. */
  abstract void addRows(RowBlock block, int taken);

  /** The row of a block that is the r-th of those taken. */
  static int rowAt(RowBlock block, int r, int taken) {
    return r * block.trainingRows() / taken;
  }

  final float[][] dense() {
    return dense;
  }

  final float[] product() {
    return product;
  }

  /** Computes row i of the block's product from column i on, Σ x_i · x; false if all is 0. */
  final boolean multiply(int rows, int i) {
    return multiply(rows, i, null);
  }

  /** The same with weights, Σ (w · x_i) · x. */
  final boolean multiply(int rows, int i, float[] weights) {
    Arrays.fill(product, i, inputs, 0);
    float[] waiting = null;
    float factor = 0;
    boolean any = false;
    for (int r = 0; r < rows; r++) {
      if (dense[r][i] == 0) {
        continue;
      }
      any = true;
      float x = weights == null ? dense[r][i] : weights[r] * dense[r][i];
      if (waiting == null) {
        waiting = dense[r];
        factor = x;
      } else {
        addScaled(product, i, factor, waiting, x, dense[r]);
        waiting = null;
      }
    }
    if (waiting != null) {
      addScaled(product, i, factor, waiting, 0, zeros);
    }
    return any;
  }

  /** Adds two rows at once: {@code sum += a · x + b · y}, from column i on. */
  private static void addScaled(float[] sum, int i, float a, float[] x, float b, float[] y) {
    for (int j = i; j < sum.length; j++) {
      sum[j] += a * x[j] + b * y[j];
    }
  }

  /** Adds another sum to this one, in place. */
  public abstract SecondMomentSum merge(SecondMomentSum other);

  /** An entry of the upper triangle, before it is scaled. */
  abstract double product(int at);

  /** The sum of the weights of the rows. */
  abstract double weight();

  /** What an input is multiplied by for the model. */
  abstract double scale(int input);

  /**
   * The uncentred covariance of what the model sees, {@code Xᵀ·X / Σw}: symmetric, inputs × inputs;
   * zeros if there are no rows. A bias is 1.
   */
  public final double[][] mean() {
    double weight = weight();
    double[][] mean = new double[inputs][inputs];
    int at = 0;
    for (int i = 0; i < inputs; i++) {
      for (int j = i; j < inputs; j++) {
        mean[i][j] = product(at++) * scale(i) * scale(j);
        mean[i][j] /= weight == 0 ? 1 : weight;
        mean[j][i] = mean[i][j];
      }
    }
    return mean;
  }
}
