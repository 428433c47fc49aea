package dev.onehot.evaluate;

/**
 * How well one class is told from the others, or a mean over classes. A share of nothing counts as
 * 0.
 *
 * @param precision the share of the rows predicted as this class that are of it, 0 … 1
 * @param recall the share of the rows of this class that are predicted as it, 0 … 1
 * @param f1 the harmonic mean of precision and recall, 0 … 1
 * @param support the number of rows of this class
 * @param weight the sum of their weights; null if rows have no weights
 */
public record ClassMetrics(
    double precision, double recall, double f1, long support, Double weight) {}
