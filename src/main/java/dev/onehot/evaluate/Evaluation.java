package dev.onehot.evaluate;

/**
 * The quality of a model on labelled rows.
 *
 * @param rows the number of rows
 * @param loss the mean cross-entropy
 * @param accuracy the share of rows predicted right, 0 … 1
 */
public record Evaluation(long rows, double loss, double accuracy) {}
