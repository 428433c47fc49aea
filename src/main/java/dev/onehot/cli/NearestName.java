package dev.onehot.cli;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses which name a user meant. */
final class NearestName {

  private NearestName() {}

  /** {@code ; did you mean X?} for the known name that is fewest edits away; empty if none are. */
  static String suggestion(String name, Collection<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance.apply(name, candidate)))
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse("");
  }
}
