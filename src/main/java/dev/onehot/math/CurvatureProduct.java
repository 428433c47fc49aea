package dev.onehot.math;

import java.io.Serializable;

/**
 * The product of a direction v and the second moments of the inputs, {@code Σ w·x·(x·v)} over
 * training rows of blocks, without the inputs × inputs numbers of the moments themselves. It
 * consists of integers, so the bits are the same in whatever order blocks and parts are added.
 *
 * <p>Not a record: results of tasks hold it, and Kryo, which clusters may have as their serializer,
 * cannot read records.
 */
public final class CurvatureProduct implements Serializable {

  private static final long serialVersionUID = 1L;

  private final FixedPoint weightScale;

  /** For each feature {@code Σ w·x·(x·v)}, where its x is as blocks hold it. */
  private final long[] products;

  /** {@code Σ w·(x·v)}. */
  private long projections;

  private long weight;

  /**
   * No rows yet.
   *
   * @param features F
   * @param rows the most rows that are added in all
   */
  public CurvatureProduct(int features, long rows) {
    products = new long[features];
    weightScale = FixedPoint.fitting(1, rows);
  }

  /** Adds the training rows of a block. */
  public void add(RowBlock block, CurvatureDirection direction) {
    Projection projection = new Projection(direction.features);
    double factor = direction.productScale.scale();
    for (int r = 0; r < block.trainingRows(); r++) {
      projection.sum = -direction.offset;
      block.forEachNonZero(r, projection);
      double w = block.rowWeight(r, direction.classWeights);
      double weighted = w * projection.sum;
      weight += weightScale.round(w);
      projections += direction.projectionScale.round(weighted);
      double scaled = weighted * factor;
      block.forEachNonZero(
          r, (column, value) -> products[column] += FixedPoint.roundScaled(value * scaled));
    }
  }

  /** A row's product with the direction, one number after another with the columns ascending. */
  private static final class Projection implements RowBlock.NonZeros {

    private final double[] direction;
    private double sum;

    Projection(double[] direction) {
      this.direction = direction;
    }

    @Override
    public void take(int column, float value) {
      sum += value * direction[column];
    }
  }

  /** Adds another sum to this one, in place. */
  public void merge(CurvatureProduct other) {
    for (int j = 0; j < products.length; j++) {
      products[j] += other.products[j];
    }
    projections += other.projections;
    weight += other.weight;
  }

  /**
   * The product with the mean second moments, of inputs as the model sees them; zeros if there were
   * no rows.
   *
   * @param direction the direction that was multiplied
   * @param values what blocks hold
   * @return F numbers, or F + 1 with a bias
   */
  public double[] mean(CurvatureDirection direction, FeatureValues values, boolean bias) {
    int features = products.length;
    double[] mean = new double[bias ? features + 1 : features];
    if (weight == 0) {
      return mean;
    }
    double total = weightScale.toDouble(weight);
    double projection = direction.projectionScale.toDouble(projections);
    for (int j = 0; j < features; j++) {
      double product = direction.productScale.toDouble(products[j]);
      mean[j] = (product - values.shift(j) * projection) * values.scale(j) / total;
    }
    if (bias) {
      mean[features] = projection / total;
    }
    return mean;
  }
}
