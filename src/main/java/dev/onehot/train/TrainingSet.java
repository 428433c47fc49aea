package dev.onehot.train;

import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import org.apache.spark.api.java.JavaRDD;

/**
 * The rows that a training uses.
 *
 * @param blocks the blocks of the input's grid; the caller persists them
 * @param source where the rows come from, in a few words, for messages
 * @param fingerprint the fingerprint of all rows: the sum of {@link RowBlock#fingerprint}
 * @param trainingRows the number of rows trained on, N
 * @param heldBackRows the number of rows held back for validation
 * @param classes C
 * @param values the range and scale of the raw features
 * @param meanSquares F means of the squares of the scaled features
 * @param classWeights C numbers up to 1 that the weights of a class's rows are multiplied by; null
 *     if all are 1
 */
public record TrainingSet(
    JavaRDD<RowBlock> blocks,
    String source,
    long fingerprint,
    long trainingRows,
    long heldBackRows,
    int classes,
    FeatureValues values,
    double[] meanSquares,
    float[] classWeights) {

  /** F, the number of features. */
  public int features() {
    return meanSquares.length;
  }
}
