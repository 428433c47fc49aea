package dev.onehot.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses which name a user meant. */
final class NearestName {

  /** If a larger share of the letters is wrong, there is no guess, as it would mislead. */
  private static final double LARGEST_SHARE_WRONG = 0.4;

  private NearestName() {}

  /**
   * A text such as {@code ; did you mean X?}: the known name that is spelled alike, the one for
   * what other programs call by that name, the one that needs the fewest edits, or one that goes on
   * after the words given.
   *
   * @return empty if no known name is near
   */
  static String suggestion(String name, Collection<String> known) {
    String plain = plain(name);
    Optional<String> alike =
        known.stream().filter(candidate -> plain(candidate).equals(plain)).findFirst();
    if (alike.isPresent()) {
      return meant(alike.get());
    }
    return ForeignName.of(plain)
        .flatMap(foreign -> foreign.answer(known))
        .orElseGet(() -> nearest(plain, known));
  }

  private static String nearest(String plain, Collection<String> known) {
    long letters = plain.chars().filter(Character::isLetterOrDigit).count();
    int most = (int) (letters * LARGEST_SHARE_WRONG);
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance.apply(plain, plain(candidate))))
        .filter(nearest -> distance.apply(plain, plain(nearest)) <= most)
        .or(() -> longer(plain, known))
        .map(NearestName::meant)
        .orElse("");
  }

  /** The shortest name that begins with the words given: label-column for label. */
  private static Optional<String> longer(String plain, Collection<String> known) {
    return known.stream()
        .filter(candidate -> plain(candidate).startsWith(plain + "-"))
        .min(Comparator.comparingInt(String::length));
  }

  static String meant(String name) {
    return "; did you mean " + name + "?";
  }

  /** The name in small letters without leading dashes, with dashes for other separators. */
  static String plain(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[_.\\s]+", "-")
        .replaceFirst("^-+", "");
  }
}
