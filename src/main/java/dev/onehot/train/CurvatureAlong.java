package dev.onehot.train;

import dev.onehot.math.CurvatureDirection;
import dev.onehot.math.CurvatureProduct;
import dev.onehot.math.RowBlock;
import dev.onehot.spark.Aggregator;
import org.apache.spark.broadcast.Broadcast;

/**
 * Multiplies a direction by the second moments of the inputs over blocks, in {@code treeAggregate}.
 * It is empty until the first block, so that the zero value sent to every task is small.
 */
final class CurvatureAlong implements Aggregator<RowBlock, CurvatureAlong> {

  private static final long serialVersionUID = 1L;

  private final Broadcast<CurvatureDirection> direction;
  private final int features;
  private final long rows;
  private CurvatureProduct product;

  /**
   * No rows yet.
   *
   * @param direction what is multiplied
   * @param features F
   * @param rows the most rows that are added in all
   */
  CurvatureAlong(Broadcast<CurvatureDirection> direction, int features, long rows) {
    this.direction = direction;
    this.features = features;
    this.rows = rows;
  }

  @Override
  public CurvatureAlong add(RowBlock block) {
    if (product == null) {
      product = new CurvatureProduct(features, rows);
    }
    product.add(block, direction.value());
    return this;
  }

  @Override
  public CurvatureAlong merge(CurvatureAlong other) {
    if (product == null) {
      product = other.product;
    } else if (other.product != null) {
      product.merge(other.product);
    }
    return this;
  }

  /** The product over all blocks; null if there were none. */
  CurvatureProduct product() {
    return product;
  }
}
