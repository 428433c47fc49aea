package dev.onehot.nightly;

import java.util.ArrayList;
import java.util.List;

/** Many features in few words: runs of neighbours. */
final class FeatureRuns {

  /** More runs than these are not listed. */
  private static final int LISTED = 5;

  private FeatureRuns() {}

  /**
   * Such as {@code features 28 to 55 (row 1)}.
   *
   * @param shifts the features, ascending; at least one
   */
  static String words(List<FeatureShift> shifts) {
    List<String> runs = runs(shifts);
    return (shifts.size() == 1 ? "feature " : "features ")
        + String.join(", ", runs.subList(0, Math.min(LISTED, runs.size())))
        + (runs.size() > LISTED ? " and others" : "")
        + rows(shifts.get(0).row(), shifts.get(shifts.size() - 1).row());
  }

  private static List<String> runs(List<FeatureShift> shifts) {
    List<String> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= shifts.size(); i++) {
      int last = shifts.get(i - 1).feature();
      if (i == shifts.size() || shifts.get(i).feature() != last + 1) {
        int first = shifts.get(from).feature();
        runs.add(
            first == last
                ? word(shifts.get(from))
                : word(shifts.get(from)) + " to " + word(shifts.get(i - 1)));
        from = i;
      }
    }
    return runs;
  }

  private static String word(FeatureShift shift) {
    return shift.called() == null ? String.valueOf(shift.feature()) : shift.called();
  }

  private static String rows(Integer first, Integer last) {
    if (first == null) {
      return "";
    }
    return first.equals(last) ? " (row " + first + ")" : " (rows " + first + " to " + last + ")";
  }
}
