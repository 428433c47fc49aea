package dev.onehot.train;

import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import org.apache.spark.api.java.JavaRDD;

/**
 * What is trained on.
 *
 * @param blocks of the input's grid, persisted by whoever made them
 * @param source where they come from, in a few words, for messages
 * @param fingerprint of all rows: what {@link RowBlock#fingerprint} sums up to
 * @param trainingRows how many rows are trained on, N
 * @param heldBackRows how many are held back for validation
 * @param classes C
 * @param values what the raw features are
 * @param variances F variances of the features as the model sees them
 */
public record TrainingSet(
    JavaRDD<RowBlock> blocks,
    String source,
    long fingerprint,
    long trainingRows,
    long heldBackRows,
    int classes,
    FeatureValues values,
    double[] variances) {

  /** F. */
  public int features() {
    return variances.length;
  }
}
