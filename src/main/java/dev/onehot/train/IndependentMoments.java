package dev.onehot.train;

import dev.onehot.math.CurvatureDirection;
import dev.onehot.math.SplitMix64;
import dev.onehot.spark.DirectRdd;
import dev.onehot.spark.TreeDepth;
import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Makes an {@link IndependentPreconditioner} from the rows: one pass for means and variances, and
 * then a few that find how wrong it is because inputs do depend on each other.
 *
 * <p>The power method finds the direction in which the true second moments are largest, compared
 * with those that the preconditioner expects. It starts with random numbers, and each pass
 * multiplies them by the second moments. A pass costs two multiplications for each non-zero, where
 * a gradient costs 2·C.
 */
final class IndependentMoments {

  /**
   * Passes of the power method. On texts and on pictures the quotient is within 10 % of that after
   * many more.
   */
  private static final int PASSES = 8;

  /**
   * How many times larger than expected curvature may be before steps become shorter. With 2 the
   * loss rises once at first on texts of few topics, and with 1 MNIST needs half as many iterations
   * more. On texts whose words are independent it is at most 1.
   */
  private static final double HARMLESS = 1.5;

  private static final long SEED = 27;

  private final JavaSparkContext spark;
  private final TrainingSet data;
  private final boolean bias;
  private final long rows;
  private final int depth;

  private IndependentMoments(JavaSparkContext spark, TrainingSet data, boolean bias) {
    this.spark = spark;
    this.data = data;
    this.bias = bias;
    rows = data.trainingRows() + data.heldBackRows();
    depth = TreeDepth.of(data.blocks().getNumPartitions(), 2L * data.features() * Long.BYTES);
  }

  /** The preconditioner for these rows. */
  static IndependentPreconditioner preconditioner(
      JavaSparkContext spark, TrainingSet data, double l2, boolean bias) {
    IndependentMoments moments = new IndependentMoments(spark, data, bias);
    IndependentPreconditioner preconditioner = moments.expected(l2);
    preconditioner.shorten(Math.max(1, moments.largestQuotient(preconditioner) / HARMLESS));
    return preconditioner;
  }

  private IndependentPreconditioner expected(double l2) {
    spark.setJobDescription("means and variances of the features");
    MeanAndVariance total =
        DirectRdd.of(data.blocks())
            .treeAggregate(
                new MeanAndVariance(
                    data.features(), data.values().largest(), data.classWeights(), rows),
                depth);
    double[] means = total.moments().means(data.values());
    double[] variances = total.moments().variances(data.values());
    if (bias) {
      means = Arrays.copyOf(means, means.length + 1);
      means[data.features()] = 1;
      variances = Arrays.copyOf(variances, variances.length + 1);
    }
    return new IndependentPreconditioner(means, variances, data.features(), data.classes(), l2);
  }

  /** How many times larger the curvature is than expected, in the direction where that is most. */
  private double largestQuotient(IndependentPreconditioner expected) {
    double[] direction = new double[bias ? data.features() + 1 : data.features()];
    SplitMix64 random = new SplitMix64();
    random.start(SEED, 0);
    for (int i = 0; i < direction.length; i++) {
      direction[i] = random.bell();
    }
    double quotient = 0;
    for (int pass = 1; pass <= PASSES; pass++) {
      double length = Math.sqrt(expected.expected(direction));
      if (!(length > 0)) {
        return quotient;
      }
      for (int i = 0; i < direction.length; i++) {
        direction[i] /= length;
      }
      spark.setJobDescription("curvature of the loss, pass " + pass + " of " + PASSES);
      double[] product = product(direction);
      quotient = 0;
      for (int i = 0; i < direction.length; i++) {
        quotient += direction[i] * product[i];
      }
      expected.solve(product);
      direction = product;
    }
    return quotient;
  }

  private double[] product(double[] direction) {
    CurvatureDirection sent =
        new CurvatureDirection(direction, data.values(), data.classWeights(), rows, bias);
    Broadcast<CurvatureDirection> broadcast = spark.broadcast(sent);
    try {
      return DirectRdd.of(data.blocks())
          .treeAggregate(new CurvatureAlong(broadcast, data.features(), rows), depth)
          .product()
          .mean(sent, data.values(), bias);
    } finally {
      broadcast.destroy();
    }
  }
}
