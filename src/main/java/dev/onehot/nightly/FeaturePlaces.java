package dev.onehot.nightly;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The names of features in sentences.
 *
 * @param width the width of the pictures in pixels; null if the rows are no pictures
 */
record FeaturePlaces(Integer width) {

  /** More runs than these are counted, not listed. */
  private static final int LISTED = 5;

  /** Such as {@code feature 30 (row 1, column 2)}; all are counted from 0. */
  String name(int feature) {
    return width == null
        ? "feature " + feature
        : String.format(
            Locale.ROOT,
            "feature %d (row %d, column %d)",
            feature,
            feature / width,
            feature % width);
  }

  /**
   * Such as {@code features 28 to 55 (row 1)}.
   *
   * @param features ascending, at least one
   */
  String names(List<Integer> features) {
    if (features.size() == 1) {
      return name(features.get(0));
    }
    List<String> runs = runs(features);
    String listed = String.join(", ", runs.subList(0, Math.min(LISTED, runs.size())));
    if (runs.size() > LISTED) {
      listed += " and others";
    }
    return "features " + listed + rows(features);
  }

  private static List<String> runs(List<Integer> features) {
    List<String> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= features.size(); i++) {
      if (i == features.size() || features.get(i) != features.get(i - 1) + 1) {
        int first = features.get(from);
        int last = features.get(i - 1);
        runs.add(first == last ? String.valueOf(first) : first + " to " + last);
        from = i;
      }
    }
    return runs;
  }

  private String rows(List<Integer> features) {
    if (width == null) {
      return "";
    }
    int first = features.get(0) / width;
    int last = features.get(features.size() - 1) / width;
    return first == last ? " (row " + first + ")" : " (rows " + first + " to " + last + ")";
  }
}
