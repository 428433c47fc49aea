package dev.onehot.nightly;

import java.util.List;

/**
 * What the checks found out about the rows of a night.
 *
 * @param refusals why the rows are not to be trained on, one sentence each; empty if they are fine
 * @param warnings what has drifted, one sentence each with the figure, its limit and the champion's
 *     figure; empty if nothing has
 * @param notes what else is worth saying, but is no alarm
 * @param rows the number of new rows
 * @param championRows the number of rows that the champion was trained on; null if not known
 * @param level a change with a smaller p-value isn't explained by chance; 0 if nothing was compared
 * @param labels how far the classes' shares have moved; null if they were not compared
 * @param features how far the features have moved; null if they were not compared
 */
public record DataFindings(
    List<String> refusals,
    List<String> warnings,
    List<String> notes,
    long rows,
    Long championRows,
    double level,
    ShareShift labels,
    Features features) {

  public DataFindings {
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
    notes = List.copyOf(notes);
  }

  /**
   * The features together.
   *
   * @param compared how many features there are
   * @param drifted how many have a population stability index or a shift of the mean above the
   *     limit
   * @param withNewValues how many have too many rows with values that the champion's rows never had
   * @param constant how many have one value only, but varied in the champion's rows
   * @param beyondRange how many have a value beyond the range of the champion's rows. Chance alone
   *     gives some, so this is no alarm
   * @param mean the mean of all raw values of the new rows
   * @param championMean the same of the champion's rows
   * @param worst the features that have moved farthest beyond a limit, or come closest, the
   *     farthest first
   */
  public record Features(
      int compared,
      int drifted,
      int withNewValues,
      int constant,
      int beyondRange,
      double mean,
      double championMean,
      List<FeatureShift> worst) {

    public Features {
      worst = List.copyOf(worst);
    }
  }

  /** Whether chance explains a change. */
  boolean mayBeChance(ShareShift shift) {
    return shift.pValue() >= level;
  }

  /** Whether the rows may be trained on. */
  public boolean accepted() {
    return refusals.isEmpty();
  }
}
