package dev.onehot.data;

import java.util.List;

/**
 * What is known of the rows that a model was or will be trained on, which other rows have to fit.
 *
 * @param features F; 0 if it isn't known yet
 * @param featureNames F names, or empty if features have none
 * @param labels C labels as they stand in the input, in the order of the classes; empty if they
 *     aren't known yet
 * @param means F means that take the place of missing values; null if there are none
 */
public record KnownRows(
    int features, List<String> featureNames, List<String> labels, double[] means) {

  public KnownRows {
    featureNames = List.copyOf(featureNames);
    labels = List.copyOf(labels);
  }

  /** Nothing is known: these are the rows to train on. */
  public static KnownRows nothing() {
    return new KnownRows(0, List.of(), List.of(), null);
  }
}
