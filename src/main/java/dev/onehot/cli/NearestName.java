package dev.onehot.cli;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses which name a user meant. */
final class NearestName {

  /** If a larger share of the letters is wrong, there is no guess, as it would mislead. */
  private static final double LARGEST_SHARE_WRONG = 0.4;

  private NearestName() {}

  /**
   * A text such as {@code ; did you mean X?}, with the known name that needs the fewest edits.
   *
   * @return empty if no known name is near
   */
  static String suggestion(String name, Collection<String> known) {
    long letters = name.chars().filter(Character::isLetterOrDigit).count();
    int most = (int) (letters * LARGEST_SHARE_WRONG);
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance.apply(name, candidate)))
        .filter(nearest -> distance.apply(name, nearest) <= most)
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse("");
  }
}
