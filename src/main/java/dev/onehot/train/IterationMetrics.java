package dev.onehot.train;

/**
 * The metrics of one iteration, measured before its update.
 *
 * @param iteration the number of updates made so far; 0 for the initial weights
 * @param loss mean cross-entropy over the training rows
 * @param penalty {@code λ/2 · ‖W1‖²}, 0 without L2
 * @param accuracy share of training rows predicted right
 * @param gradientNorm Frobenius norm of the averaged gradient with L2, before preconditioning
 * @param learningRate the learning rate of the next update
 * @param negativeSlope the slope of the gate where a logit is ≤ 0, at which all other figures were
 *     measured; 0 once the gate is closed, or without one
 * @param undecidedRows the number of training rows on which every class is behind the gate
 * @param activeShares for each class, the share of training rows with a positive logit; 1 without a
 *     gate
 * @param validationLoss mean cross-entropy over the rows held back, null if there are none
 * @param validationAccuracy share of the rows held back that are predicted right, null if there are
 *     none
 * @param milliseconds the time that measuring took
 */
public record IterationMetrics(
    int iteration,
    double loss,
    double penalty,
    double accuracy,
    double gradientNorm,
    double learningRate,
    double negativeSlope,
    long undecidedRows,
    double[] activeShares,
    Double validationLoss,
    Double validationAccuracy,
    double milliseconds) {}
