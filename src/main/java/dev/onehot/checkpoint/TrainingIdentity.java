package dev.onehot.checkpoint;

import dev.onehot.failure.SettingNames;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The identity of a training: settings and facts about the data, such as {@code seed}, that decide
 * the bits of its model. Two trainings with the same identity end with the same W1.
 *
 * @param values the values by name, sorted by name
 */
public record TrainingIdentity(TreeMap<String, String> values) {

  public TrainingIdentity {
    values = new TreeMap<>(values);
  }

  public static TrainingIdentity of(Map<String, String> values) {
    return new TrainingIdentity(new TreeMap<>(values));
  }

  /**
   * How an earlier training differs, as part of a sentence; empty if it does not differ.
   *
   * @return a text such as {@code a run with seed 7, but this one has seed 8}, with the names
   *     marked as in {@link SettingNames}
   */
  public Optional<String> difference(TrainingIdentity earlier) {
    if (equals(earlier)) {
      return Optional.empty();
    }
    StringJoiner theirs = new StringJoiner(" and ");
    StringJoiner ours = new StringJoiner(" and ");
    TreeMap<String, String> all = new TreeMap<>(earlier.values);
    all.putAll(values);
    for (String name : all.keySet()) {
      String then = earlier.values.get(name);
      String now = values.get(name);
      if (!Objects.equals(then, now)) {
        theirs.add(described(name, then));
        ours.add(described(name, now));
      }
    }
    return Optional.of(
        String.format(Locale.ROOT, "a run with %s, but this one has %s", theirs, ours));
  }

  private static String described(String name, String value) {
    String marked = SettingNames.mark(name);
    return value == null ? "no " + marked : marked + " " + value;
  }
}
