package dev.onehot.evaluate;

/**
 * How good a model is on labelled rows.
 *
 * @param rows how many
 * @param loss mean cross-entropy
 * @param accuracy share of rows predicted right, 0 … 1
 */
public record Evaluation(long rows, double loss, double accuracy) {}
