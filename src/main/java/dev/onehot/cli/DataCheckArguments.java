package dev.onehot.cli;

import dev.onehot.nightly.DataLimits;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The hard limits of the checks of a night's rows. */
@HelpGroup("Data checks")
final class DataCheckArguments {

  @Option(
      names = "--min-rows",
      paramLabel = "N",
      defaultValue = "" + DataLimits.MIN_ROWS,
      description = "Rows to train on at least [${DEFAULT-VALUE}].")
  private long minRows;

  @Option(
      names = "--min-rows-share",
      paramLabel = "SHARE",
      defaultValue = "" + DataLimits.MIN_ROWS_SHARE,
      description = "The same, of the champion's rows [${DEFAULT-VALUE}].")
  private double minRowsShare;

  @Option(
      names = "--max-lead-lost",
      paramLabel = "SHARE",
      defaultValue = "" + DataLimits.MAX_LEAD_LOST,
      description = "Of the champion's lead on new rows [${DEFAULT-VALUE}].")
  private double maxLeadLost;

  @Mixin private DriftArguments drift;

  /**
   * The limits.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range
   */
  DataLimits limits() {
    return drift.limits(minRows, minRowsShare, maxLeadLost);
  }
}
