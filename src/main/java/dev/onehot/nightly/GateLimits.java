package dev.onehot.nightly;

import dev.onehot.failure.Problems;

/**
 * How much worse than the champion a model may be.
 *
 * @param maxAccuracyLoss the largest loss of accuracy against the champion, 0 … 1
 * @param maxLossIncrease the largest increase of log loss, as a share of the champion's
 * @param minRecall the lowest recall of any class, 0 … 1
 */
public record GateLimits(double maxAccuracyLoss, double maxLossIncrease, double minRecall) {

  /** The default for the loss of accuracy. */
  public static final double MAX_ACCURACY_LOSS = 0.01;

  /** The default for the increase of log loss. */
  public static final double MAX_LOSS_INCREASE = 0.1;

  /** The default for the lowest recall of a class. */
  public static final double MIN_RECALL = 0.25;

  /**
   * Of two equally good models the test calls one worse in at most this share of the nights. It is
   * no setting: a smaller one would let worse models pass, a larger one stop good ones.
   */
  static final double SIGNIFICANCE = 0.01;

  /**
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range
   */
  public GateLimits {
    new Problems()
        .require(
            maxAccuracyLoss >= 0 && maxAccuracyLoss <= 1,
            "⟨max-accuracy-loss⟩ must be 0 to 1, not %s",
            maxAccuracyLoss)
        .require(
            maxLossIncrease >= 0 && Double.isFinite(maxLossIncrease),
            "⟨max-loss-increase⟩ must be a share, 0 or more, not %s",
            maxLossIncrease)
        .require(minRecall >= 0 && minRecall <= 1, "⟨min-recall⟩ must be 0 to 1, not %s", minRecall)
        .throwIfAny();
  }

  /** The defaults. */
  public static GateLimits defaults() {
    return new GateLimits(MAX_ACCURACY_LOSS, MAX_LOSS_INCREASE, MIN_RECALL);
  }
}
