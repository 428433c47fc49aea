package dev.onehot.cli;

import dev.onehot.nightly.GateLimits;
import dev.onehot.nightly.PromotionMode;
import picocli.CommandLine.Option;

/** The options for the gate between challenger and champion. */
@HelpGroup("Gate")
final class GateArguments {

  @Option(
      names = "--promote",
      paramLabel = "MODE",
      defaultValue = "auto",
      description = "auto: if the gate agrees; force, never [${DEFAULT-VALUE}].")
  private PromotionMode promote;

  @Option(
      names = "--max-accuracy-loss",
      paramLabel = "SHARE",
      defaultValue = "" + GateLimits.MAX_ACCURACY_LOSS,
      description = "Accuracy below the champion's [${DEFAULT-VALUE}].")
  private double maxAccuracyLoss;

  @Option(
      names = "--max-loss-increase",
      paramLabel = "SHARE",
      defaultValue = "" + GateLimits.MAX_LOSS_INCREASE,
      description = "Log loss above, as a share of it [${DEFAULT-VALUE}].")
  private double maxLossIncrease;

  @Option(
      names = "--min-recall",
      paramLabel = "SHARE",
      defaultValue = "" + GateLimits.MIN_RECALL,
      description = "Recall of the worst class at least [${DEFAULT-VALUE}].")
  private double minRecall;

  PromotionMode promote() {
    return promote;
  }

  /**
   * The limits.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range
   */
  GateLimits limits() {
    return new GateLimits(maxAccuracyLoss, maxLossIncrease, minRecall);
  }
}
