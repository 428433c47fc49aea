package dev.onehot.nightly;

import dev.onehot.failure.Problems;

/**
 * How far the rows of a night may be from those of the champion. A limit of a share or a distance
 * is about the size of a change, and is the same for any number of rows. Besides, a change is an
 * alarm only if chance doesn't explain it: see {@link #falseAlarms}.
 *
 * @param minRows the fewest rows to train on; fewer end the run
 * @param minRowsShare the fewest rows as a share of the champion's rows; fewer end the run
 * @param maxFeaturePsi the largest population stability index of a feature
 * @param maxMeanShift how far the mean of a feature may have moved, in standard deviations of its
 *     values
 * @param maxLabelPsi the largest population stability index of the classes' shares
 * @param maxLabelDistance the largest total variation distance of the classes' shares, 0 … 1
 * @param maxClassRatio how many times as large, or as small, the share of a class may be
 * @param maxNewValues the largest share of rows with a value of a feature that the other rows never
 *     had, 0 … 1
 * @param maxAccuracyDrop by how much the champion's accuracy on the new rows may be lower, 0 … 1
 * @param maxLeadLost which share of its lead over always naming the most frequent class the
 *     champion may lose on the new rows; if it loses more, the run ends, 0 … 1
 * @param falseAlarms the share of nights without any drift on which chance may give an alarm,
 *     whatever the number of features and classes
 * @throws dev.onehot.failure.InvalidSettingsException if a number is out of range
 */
public record DataLimits(
    long minRows,
    double minRowsShare,
    double maxFeaturePsi,
    double maxMeanShift,
    double maxLabelPsi,
    double maxLabelDistance,
    double maxClassRatio,
    double maxNewValues,
    double maxAccuracyDrop,
    double maxLeadLost,
    double falseAlarms) {

  /** The default of {@link #minRows}. */
  public static final long MIN_ROWS = 100;

  /** The default of {@link #minRowsShare}. */
  public static final double MIN_ROWS_SHARE = 0.5;

  /** The default of {@link #maxFeaturePsi}. */
  public static final double MAX_FEATURE_PSI = 0.25;

  /** The default of {@link #maxMeanShift}. */
  public static final double MAX_MEAN_SHIFT = 0.25;

  /** The default of {@link #maxLabelPsi}. */
  public static final double MAX_LABEL_PSI = 0.1;

  /** The default of {@link #maxLabelDistance}. */
  public static final double MAX_LABEL_DISTANCE = 0.1;

  /** The default of {@link #maxClassRatio}. */
  public static final double MAX_CLASS_RATIO = 2;

  /** The default of {@link #maxNewValues}. */
  public static final double MAX_NEW_VALUES = 0.01;

  /** The default of {@link #maxAccuracyDrop}. */
  public static final double MAX_ACCURACY_DROP = 0.02;

  /** The default of {@link #maxLeadLost}. */
  public static final double MAX_LEAD_LOST = 0.5;

  /** The default of {@link #falseAlarms}. */
  public static final double FALSE_ALARMS = 0.001;

  public DataLimits {
    Problems problems =
        new Problems().require(minRows >= 1, "⟨min-rows⟩ must be at least 1, not %d", minRows);
    requireShare(problems, "min-rows-share", minRowsShare);
    requirePositive(problems, "max-feature-psi", maxFeaturePsi);
    requirePositive(problems, "max-mean-shift", maxMeanShift);
    requirePositive(problems, "max-label-psi", maxLabelPsi);
    requireShare(problems, "max-label-distance", maxLabelDistance);
    problems.require(
        maxClassRatio > 1 && Double.isFinite(maxClassRatio),
        "⟨max-class-ratio⟩ must be above 1, not %s",
        maxClassRatio);
    requireShare(problems, "max-new-values", maxNewValues);
    requireShare(problems, "max-accuracy-drop", maxAccuracyDrop);
    requireShare(problems, "max-lead-lost", maxLeadLost);
    problems
        .require(
            falseAlarms > 0 && falseAlarms < 1,
            "⟨false-alarms⟩ must be above 0 and below 1, not %s",
            falseAlarms)
        .throwIfAny();
  }

  private static void requireShare(Problems problems, String name, double share) {
    problems.require(share >= 0 && share <= 1, "⟨" + name + "⟩ must be 0 to 1, not %s", share);
  }

  private static void requirePositive(Problems problems, String name, double limit) {
    problems.require(
        limit > 0 && Double.isFinite(limit), "⟨" + name + "⟩ must be above 0, not %s", limit);
  }

  /** The defaults. */
  public static DataLimits defaults() {
    return new DataLimits(
        MIN_ROWS,
        MIN_ROWS_SHARE,
        MAX_FEATURE_PSI,
        MAX_MEAN_SHIFT,
        MAX_LABEL_PSI,
        MAX_LABEL_DISTANCE,
        MAX_CLASS_RATIO,
        MAX_NEW_VALUES,
        MAX_ACCURACY_DROP,
        MAX_LEAD_LOST,
        FALSE_ALARMS);
  }

  /** The same limits with another {@link #minRows}. */
  public DataLimits withMinRows(long rows) {
    return new DataLimits(
        rows,
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

  /** The same limits with another {@link #minRowsShare}. */
  public DataLimits withMinRowsShare(double share) {
    return new DataLimits(
        minRows,
        share,
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

  /** The least p-value that chance explains, if so many tests are made of a night. */
  double level(long tests) {
    // Bonferroni's correction: the tests need not be independent.
    return falseAlarms / tests;
  }
}
