package dev.onehot.train;

/**
 * What was measured at the weights after so many updates.
 *
 * @param iteration updates made so far; 0 are the initial weights
 * @param loss mean cross-entropy over the training rows
 * @param penalty {@code λ/2 · ‖W1‖²}, 0 without L2
 * @param accuracy share of training rows predicted right
 * @param gradientNorm Frobenius norm of the averaged gradient with L2, before preconditioning
 * @param learningRate of the next update
 * @param undecidedRows training rows that the gate lets no class through on
 * @param activeShares for each class, the share of training rows with a positive logit; 1 without a
 *     gate
 * @param validationLoss mean cross-entropy over the rows held back, null if there are none
 * @param validationAccuracy share of the rows held back that are predicted right, null if there are
 *     none
 * @param milliseconds that measuring took
 */
public record IterationMetrics(
    int iteration,
    double loss,
    double penalty,
    double accuracy,
    double gradientNorm,
    double learningRate,
    long undecidedRows,
    double[] activeShares,
    Double validationLoss,
    Double validationAccuracy,
    double milliseconds) {}
