package dev.onehot.data.npy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which array belongs to which, by their names. A name of features has the word {@code x}, {@code
 * features}, {@code data}, {@code images}, {@code imgs} or {@code inputs} in it; that of its labels
 * has {@code y}, {@code labels}, {@code label}, {@code targets} or {@code target} in the same
 * place, as in {@code X_train} and {@code y_train}. Or it is the same name with such a word behind
 * it, as in {@code rows} and {@code rows-labels}. Capitals don't matter.
 */
final class ArrayNames {

  private static final List<String> FEATURES =
      List.of("x", "features", "data", "images", "imgs", "inputs");
  private static final List<String> LABELS = List.of("y", "labels", "label", "targets", "target");
  private static final List<String> SEPARATORS = List.of("-", "_", ".");

  private ArrayNames() {}

  /** The names that the labels of some features may have, the likeliest first, in small letters. */
  static List<String> labelsOf(String features) {
    return partners(features, LABELS);
  }

  /** The names that an array may have which somebody calls so, and which belongs to features. */
  static List<String> called(String name, String features) {
    String small = lower(name);
    List<String> names = new ArrayList<>(partners(features, List.of(small)));
    names.add(small);
    return names;
  }

  private static List<String> partners(String features, List<String> words) {
    String name = lower(features);
    Set<String> partners = new LinkedHashSet<>();
    for (String word : FEATURES) {
      Matcher place = place(word).matcher(name);
      if (place.find()) {
        for (String partner : words) {
          partners.add(place.replaceFirst(Matcher.quoteReplacement(partner)));
        }
      }
    }
    for (String separator : SEPARATORS) {
      for (String word : words) {
        partners.add(name + separator + word);
      }
    }
    return List.copyOf(partners);
  }

  private static Pattern place(String word) {
    return Pattern.compile("(?<![a-z])" + word + "(?![a-z])");
  }

  private static boolean has(String name, String word) {
    return place(word).matcher(lower(name)).find();
  }

  /**
   * The arrays that may be the features, of all arrays of an {@code .npz} file: those of one part,
   * if any says its part; of these those with the likeliest word for features; of several without
   * such a word the first of {@code arr_0}, {@code arr_1}.
   */
  static List<String> features(List<String> names, NpyPart part) {
    Set<String> labels = new LinkedHashSet<>();
    Set<String> all = new LinkedHashSet<>(names.stream().map(ArrayNames::lower).toList());
    for (String name : names) {
      labelsOf(name).stream().filter(all::contains).forEach(labels::add);
    }
    List<String> others = names.stream().filter(name -> !labels.contains(lower(name))).toList();
    List<String> ofPart = others.stream().filter(name -> isOf(name, part)).toList();
    if (ofPart.isEmpty()) {
      ofPart = others.stream().filter(name -> !isOfAnyPart(name)).toList();
    }
    for (String word : FEATURES) {
      List<String> named = ofPart.stream().filter(name -> has(name, word)).toList();
      if (!named.isEmpty()) {
        return named;
      }
    }
    if (ofPart.size() > 1 && ofPart.contains("arr_0")) {
      return List.of("arr_0");
    }
    return ofPart;
  }

  /** Whether there are features to train on and others to test on. */
  static boolean hasBothParts(List<String> names) {
    Predicate<NpyPart> has = part -> names.stream().anyMatch(name -> isOf(name, part));
    return has.test(NpyPart.TRAIN) && has.test(NpyPart.TEST);
  }

  private static boolean isOf(String name, NpyPart part) {
    return part == NpyPart.TRAIN ? has(name, "train") : has(name, "test") || has(name, "t10k");
  }

  private static boolean isOfAnyPart(String name) {
    return isOf(name, NpyPart.TRAIN)
        || isOf(name, NpyPart.TEST)
        || has(name, "val")
        || has(name, "valid")
        || has(name, "validation");
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
