package dev.onehot.job;

import dev.onehot.data.DataProfile;
import dev.onehot.failure.SettingNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds out whether rows can be learnt from at all.
 *
 * @param name what the rows are, such as {@code training rows}
 * @param profile the profile of the rows
 * @param classNames the names of the classes
 */
record DataWarnings(String name, DataProfile profile, List<String> classNames) {

  /** More names than these are counted, not listed. */
  private static final int LISTED = 10;

  /** With so many rows a class, one of a single row is odd. */
  private static final int MANY_A_CLASS = 10;

  /** What is wrong with rows to train on; empty if nothing is. */
  List<String> ofTraining() {
    List<String> warnings = values();
    long[] counts = profile.classCounts();
    int[] absent = IntStream.range(0, counts.length).filter(c -> counts[c] == 0).toArray();
    if (absent.length == counts.length - 1) {
      warnings.add(
          SettingNames.format(
              "all %,d %s are of class %s: a model of one class has nothing to tell apart",
              profile.trainingRows(), name, mostFrequent()));
    } else if (absent.length > 0) {
      warnings.add(absent(absent));
    }
    singleRow().ifPresent(warnings::add);
    return warnings;
  }

  /** A class of one row among many is rather a label that is misspelt or cut off. */
  private Optional<String> singleRow() {
    long[] counts = profile.classCounts();
    int[] single = IntStream.range(0, counts.length).filter(c -> counts[c] == 1).toArray();
    return single.length == 0 || profile.trainingRows() < MANY_A_CLASS * counts.length
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "of the %s only one is of class %s; is its label misspelt, cut off, or the name of a column?",
                name,
                listed(single)));
  }

  /** What is wrong with the values; empty if nothing is. */
  List<String> values() {
    List<String> warnings = new ArrayList<>();
    if (all(j -> profile.least(j) == 0 && profile.largest(j) == 0)) {
      warnings.add(String.format(Locale.ROOT, "all values of the %s are 0", name));
    } else if (profile.values().areRaw() && all(j -> profile.largest(j) <= 1)) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "no value of the %s is above 1, of 255 that are possible: were they scaled to 0 … 1 and"
                  + " then cut to whole numbers?",
              name));
    } else if (profile.trainingRows() > 1 && all(profile.totals()::isConstant)) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "all %,d %s have the same values, so nothing tells their classes apart",
              profile.trainingRows(),
              name));
    }
    return warnings;
  }

  private boolean all(IntPredicate ofFeature) {
    return IntStream.range(0, profile.features()).allMatch(ofFeature);
  }

  /**
   * Whether a model is of no use: whether it is right no more often than a guess.
   *
   * @param accuracy the share of these rows that the model predicts right
   */
  List<String> useless(double accuracy) {
    long[] counts = profile.classCounts();
    double guess = counts[mostFrequentIndex()] / (double) profile.trainingRows();
    if (accuracy > guess) {
      return List.of();
    }
    return List.of(
        SettingNames.format(
            "the accuracy on the %s, %.4f, is no better than that of always naming class %s, the most frequent one there: %.4f",
            name, accuracy, mostFrequent(), guess));
  }

  private String absent(int[] absent) {
    int used = profile.classCounts().length - absent.length;
    boolean last = absent[0] == used;
    return SettingNames.format(
        last ? "%s %s no %s; if there are no such classes, give ⟨classes⟩ %d" : "%s %s no %s",
        absent.length == 1 ? "class " + listed(absent) : "classes " + listed(absent),
        absent.length == 1 ? "has" : "have",
        name,
        used);
  }

  private String listed(int[] classes) {
    String listed =
        Arrays.stream(classes)
            .limit(LISTED)
            .mapToObj(classNames::get)
            .collect(Collectors.joining(", "));
    return classes.length <= LISTED
        ? listed
        : listed + String.format(Locale.ROOT, " and %d more", classes.length - LISTED);
  }

  private String mostFrequent() {
    return classNames.get(mostFrequentIndex());
  }

  private int mostFrequentIndex() {
    long[] counts = profile.classCounts();
    int most = 0;
    for (int c = 1; c < counts.length; c++) {
      if (counts[c] > counts[most]) {
        most = c;
      }
    }
    return most;
  }
}
