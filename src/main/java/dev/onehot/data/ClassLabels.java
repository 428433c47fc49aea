package dev.onehot.data;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Labels as they stand in an input, and the order of the classes that follows from them. */
public final class ClassLabels {

  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,40}(\\.0*)?");

  private ClassLabels() {}

  /** One text for each whole number, however it is written; other texts without outer spaces. */
  public static String canonical(String text) {
    String trimmed = text.strip();
    return isWhole(trimmed) ? number(trimmed).toString() : trimmed;
  }

  /** Whether a text is a whole number, such as {@code -1}, {@code +1} or {@code 3.0}. */
  public static boolean isWhole(String text) {
    return WHOLE.matcher(text).matches();
  }

  private static BigInteger number(String text) {
    int point = text.indexOf('.');
    return new BigInteger(point < 0 ? text : text.substring(0, point));
  }

  /** Different labels in the order of the classes: by number if all are whole numbers. */
  public static List<String> inOrder(Collection<String> labels) {
    boolean numbers = labels.stream().allMatch(ClassLabels::isWhole);
    Comparator<String> order =
        numbers ? Comparator.comparing(ClassLabels::number) : Comparator.naturalOrder();
    return labels.stream().sorted(order).toList();
  }
}
