package dev.onehot.cli;

import dev.onehot.nightly.DataLimits;
import picocli.CommandLine.Option;

/** From where on a change of the rows is a warning. */
@HelpGroup("Data checks")
final class DriftArguments {

  @Option(
      names = "--max-feature-psi",
      paramLabel = "X",
      defaultValue = "" + DataLimits.MAX_FEATURE_PSI,
      description = "Population stability index of a feature [${DEFAULT-VALUE}].")
  private double maxFeaturePsi;

  @Option(
      names = "--max-mean-shift",
      paramLabel = "X",
      defaultValue = "" + DataLimits.MAX_MEAN_SHIFT,
      description = "Of a feature, in standard deviations [${DEFAULT-VALUE}].")
  private double maxMeanShift;

  @Option(
      names = "--max-label-psi",
      paramLabel = "X",
      defaultValue = "" + DataLimits.MAX_LABEL_PSI,
      description = "Population stability index of the classes [${DEFAULT-VALUE}].")
  private double maxLabelPsi;

  @Option(
      names = "--max-label-distance",
      paramLabel = "SHARE",
      defaultValue = "" + DataLimits.MAX_LABEL_DISTANCE,
      description = "Of rows of other classes [${DEFAULT-VALUE}].")
  private double maxLabelDistance;

  @Option(
      names = "--max-class-ratio",
      paramLabel = "X",
      defaultValue = "" + DataLimits.MAX_CLASS_RATIO,
      description = "How many times a class's share may be [${DEFAULT-VALUE}].")
  private double maxClassRatio;

  @Option(
      names = "--max-new-values",
      paramLabel = "SHARE",
      defaultValue = "" + DataLimits.MAX_NEW_VALUES,
      description = "Of rows with values never seen [${DEFAULT-VALUE}].")
  private double maxNewValues;

  @Option(
      names = "--max-accuracy-drop",
      paramLabel = "SHARE",
      defaultValue = "" + DataLimits.MAX_ACCURACY_DROP,
      description = "Of the champion on the new rows [${DEFAULT-VALUE}].")
  private double maxAccuracyDrop;

  @Option(
      names = "--false-alarms",
      paramLabel = "SHARE",
      defaultValue = "" + DataLimits.FALSE_ALARMS,
      description = "Of nights without drift [${DEFAULT-VALUE}].")
  private double falseAlarms;

  /**
   * All limits.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range
   */
  DataLimits limits(long minRows, double minRowsShare, double maxLeadLost) {
    return new DataLimits(
        minRows,
        minRowsShare,
        maxFeaturePsi,
        maxMeanShift,
        maxLabelPsi,
        maxLabelDistance,
        maxClassRatio,
        maxNewValues,
        maxAccuracyDrop,
        maxLeadLost,
        falseAlarms);
  }
}
