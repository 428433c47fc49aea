package dev.onehot.evaluate;

import java.util.List;

/**
 * Two models on the same labelled rows.
 *
 * @param other the other model's evaluation
 * @param bothRight the number of rows that both predict right
 * @param onlyThisRight the number of rows that only the model predicts right
 * @param onlyOtherRight the number of rows that only the other model predicts right
 * @param bothWrong the number of rows that both predict wrong
 * @param flippedRows the number of rows for which they predict different classes
 * @param flipped the first of these rows, at most {@link #FLIPPED}
 */
public record Comparison(
    Evaluation other,
    long bothRight,
    long onlyThisRight,
    long onlyOtherRight,
    long bothWrong,
    long flippedRows,
    List<FlippedRow> flipped) {

  /** The most flipped rows that are kept. */
  public static final int FLIPPED = 1000;

  /** The most of these that keep their features, at least. */
  public static final int PICTURES = 48;

  /** McNemar's test of whether the two models are right equally often. */
  public McNemarTest test() {
    return McNemarTest.of(onlyThisRight, onlyOtherRight);
  }
}
