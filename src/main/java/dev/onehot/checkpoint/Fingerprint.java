package dev.onehot.checkpoint;

import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What decides the bits of a model, by the names that the user knows it by, such as {@code --seed}.
 *
 * @param values in the order of their names
 */
public record Fingerprint(TreeMap<String, String> values) {

  public Fingerprint {
    values = new TreeMap<>(values);
  }

  public static Fingerprint of(Map<String, String> values) {
    return new Fingerprint(new TreeMap<>(values));
  }

  /**
   * What an earlier run had otherwise, as the part of a sentence, or null if it had all the same.
   *
   * @return such as {@code a run with --seed 7, but this one has --seed 8}
   */
  public String difference(Fingerprint earlier) {
    StringJoiner theirs = new StringJoiner(" and ");
    StringJoiner ours = new StringJoiner(" and ");
    TreeMap<String, String> all = new TreeMap<>(earlier.values);
    all.putAll(values);
    for (String name : all.keySet()) {
      String then = earlier.values.get(name);
      String now = values.get(name);
      if (!Objects.equals(then, now)) {
        theirs.add(then == null ? "no " + name : name + " " + then);
        ours.add(now == null ? "no " + name : name + " " + now);
      }
    }
    return theirs.length() == 0
        ? null
        : "a run with %s, but this one has %s".formatted(theirs, ours);
  }
}
