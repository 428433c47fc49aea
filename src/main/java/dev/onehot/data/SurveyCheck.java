package dev.onehot.data;

import dev.onehot.failure.InputException;
import dev.onehot.failure.OneLine;
import dev.onehot.failure.SettingNames;
import dev.onehot.math.FeatureValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Says whether surveyed rows can be used, and what follows from the survey.
 *
 * @param source what was read, for messages
 * @param survey of all its pieces
 * @param known what the rows have to fit
 * @param maxBadRows how many bad rows are left out rather than refused
 * @param mostRows the most rows to use, from the first
 */
record SurveyCheck(
    UnsurveyedSource source, PieceSurvey survey, KnownRows known, long maxBadRows, long mostRows) {

  /** The most features of a model. */
  static final int MOST_FEATURES = 1 << 20;

  private static final int LABELS_LISTED = 10;

  /**
   * Refuses bad rows, unless they are few enough.
   *
   * @param notes gets what was left out
   */
  void requireGoodRows(Consumer<String> notes) {
    List<BadRow> first = new ArrayList<>();
    long bad = 0;
    long before = 0;
    String file = null;
    for (PieceSurvey.Entry entry : survey.entries()) {
      before = entry.file.equals(file) ? before : 0;
      file = entry.file;
      for (BadRow row : entry.firstBad) {
        if (first.size() < RowPieceBuilder.BAD_ROWS_KEPT) {
          first.add(row.after(before));
        }
      }
      bad += entry.badRows;
      before += entry.records;
    }
    if (bad > maxBadRows) {
      throw new InputException(
          maxBadRows == 0
              ? String.format(Locale.ROOT, "%s; %s", first.get(0), source.adviceOnBadRows())
              : SettingNames.format(
                  "%s: more than ⟨max-bad-rows⟩ %d rows are bad: %s; %s",
                  source.description(),
                  maxBadRows,
                  listed(first, source.description()),
                  source.adviceOnBadRows()));
    }
    if (bad > 0) {
      notes.accept(
          String.format(
              Locale.ROOT,
              "warning: %,d bad %s left out: %s",
              bad,
              bad == 1 ? "row is" : "rows are",
              listed(first, null)));
    }
    if (survey.rows() == 0) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: %s",
              source.description(),
              bad > 0 ? "has no rows but bad ones" : source.withoutRows()));
    }
    if (survey.weighted() && survey.largestWeight() == 0) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found a weight of 0 on every row, expected some above 0; name the column that has the weights",
              source.description()));
    }
  }

  /** One after the other; their file is named where it isn't that before. */
  private static String listed(List<BadRow> rows, String fileBefore) {
    StringJoiner listed = new StringJoiner("; ");
    String file = fileBefore;
    for (BadRow row : rows) {
      listed.add(row.file().equals(file) ? row.withoutFile() : row.toString());
      file = row.file();
    }
    return listed.toString();
  }

  /** How many rows are used. */
  long rows() {
    return Math.min(mostRows, survey.rows());
  }

  /** F. */
  int features() {
    int features = Math.max(survey.features(), known.features());
    if (known.features() > 0 && features > known.features()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: rows of %,d features, where %s has %,d; use rows that fit",
              source.description(),
              features,
              known.origin(),
              known.features()));
    }
    if (features > MOST_FEATURES) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: rows of %,d features; a model has %,d at the most",
              source.description(),
              features,
              MOST_FEATURES));
    }
    return features;
  }

  /**
   * C labels, in the order of the classes, and behind them others that are allowed; empty without
   * labels.
   */
  List<String> labels() {
    if (!source.labelled()) {
      return List.of();
    }
    if (known.labels().isEmpty()) {
      return ClassLabels.classes(source.description(), found(), source.adviceOnLabels());
    }
    if (!known.otherLabels()) {
      requireKnownLabels();
      return known.labels();
    }
    Set<String> others = found();
    known.labels().forEach(others::remove);
    List<String> all = new ArrayList<>(known.labels());
    all.addAll(ClassLabels.inOrder(others));
    ClassLabels.classes(source.description(), Set.copyOf(all), source.adviceOnLabels());
    return all;
  }

  /** The labels that occur. */
  private Set<String> found() {
    Set<String> found = new HashSet<>();
    long before = 0;
    for (PieceSurvey.Entry entry : survey.entries()) {
      for (int i = 0; entry.labels != null && i < entry.labels.length; i++) {
        if (before + entry.firstRows[i] < mostRows) {
          found.add(entry.labels[i]);
        }
      }
      before += entry.rows;
    }
    return found;
  }

  private void requireKnownLabels() {
    Set<String> all = new LinkedHashSet<>(known.labels());
    long before = 0;
    long records = 0;
    String file = null;
    for (PieceSurvey.Entry entry : survey.entries()) {
      records = entry.file.equals(file) ? records : 0;
      file = entry.file;
      for (int i = 0; entry.labels != null && i < entry.labels.length; i++) {
        if (!all.contains(entry.labels[i]) && before + entry.firstRows[i] < mostRows) {
          throw new InputException(
              String.format(
                  Locale.ROOT,
                  "%s: row %,d, label: found \"%s\", expected a class of %s: %s; leave such rows out, or %s",
                  entry.file,
                  records + entry.firstRecords[i],
                  OneLine.of(entry.labels[i]),
                  known.origin(),
                  listedLabels(),
                  known.change()));
        }
      }
      before += entry.rows;
      records += entry.records;
    }
  }

  private String listedLabels() {
    List<String> labels = known.labels();
    return labels.stream()
            .limit(LABELS_LISTED)
            .map(label -> '"' + OneLine.of(label) + '"')
            .collect(Collectors.joining(", "))
        + (labels.size() > LABELS_LISTED
            ? String.format(
                Locale.ROOT,
                " … \"%s\" (%,d)",
                OneLine.of(labels.get(labels.size() - 1)),
                labels.size())
            : "");
  }

  /**
   * F numbers for missing values; null if none is missing.
   *
   * @param pieces all pieces
   * @param values what blocks hold
   * @param notes gets a warning of features that no row has
   */
  double[] means(Pieces pieces, FeatureValues values, Consumer<String> notes) {
    if (known.means() != null) {
      return known.means();
    }
    if (survey.missing() == 0) {
      return null;
    }
    FeatureMeans means = FeatureMeans.of(pieces.rdd(), values, features());
    int[] absent = means.absent();
    if (absent.length > 0) {
      List<String> names = source.featureNames();
      notes.accept(
          String.format(
              Locale.ROOT,
              "warning: no row has a value of feature %s%s, so nothing is learnt of it; leave such columns out",
              names.isEmpty() ? absent[0] + 1 : names.get(absent[0]),
              absent.length == 1
                  ? ""
                  : String.format(Locale.ROOT, " and of %,d more", absent.length - 1)));
    }
    return means.means();
  }

  /**
   * For each partition the position of its first row, and behind it the number of all rows.
   *
   * @param firstSplits for each partition, the index of its first split
   */
  long[] firstRows(int[] firstSplits) {
    long[] first = new long[firstSplits.length + 1];
    int partition = 0;
    for (PieceSurvey.Entry entry : survey.entries()) {
      while (partition + 1 < firstSplits.length && entry.split >= firstSplits[partition + 1]) {
        partition++;
      }
      first[partition + 1] += entry.rows;
    }
    for (int p = 1; p < first.length; p++) {
      first[p] += first[p - 1];
    }
    return first;
  }
}
