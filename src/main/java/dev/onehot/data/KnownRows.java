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
 * @param otherLabels whether rows may have labels besides the known ones, which are numbered behind
 *     them then; otherwise such rows are refused
 * @param origin who says so, such as {@code the model models/iris}
 * @param change what to do if other rows are right, such as {@code train another model}; perhaps
 *     with marked names of settings, as the origin
 */
public record KnownRows(
    int features,
    List<String> featureNames,
    List<String> labels,
    double[] means,
    boolean otherLabels,
    String origin,
    String change) {

  public KnownRows {
    featureNames = List.copyOf(featureNames);
    labels = List.copyOf(labels);
  }

  /** What is known of rows that have no other labels than the known ones. */
  public KnownRows(int features, List<String> featureNames, List<String> labels, double[] means) {
    this(
        features,
        featureNames,
        labels,
        means,
        false,
        "the rows that it has to fit",
        "give other rows to fit");
  }

  /** The same, for rows that may have other labels. */
  public KnownRows withOtherLabels() {
    return new KnownRows(features, featureNames, labels, means, true, origin, change);
  }

  /** The same, said by somebody else. */
  public KnownRows from(String otherOrigin, String otherChange) {
    return new KnownRows(
        features, featureNames, labels, means, otherLabels, otherOrigin, otherChange);
  }

  /**
   * The same, said by rows.
   *
   * @param rows in a few words
   */
  public KnownRows fromRows(String rows) {
    return from("the rows of " + rows, "train on rows that fit");
  }

  /** Nothing is known: these are the rows to train on. */
  public static KnownRows nothing() {
    return new KnownRows(0, List.of(), List.of(), null);
  }
}
