package dev.onehot.data;

import dev.onehot.failure.InputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Labels as they stand in an input, and the order of the classes that follows from them. */
public final class ClassLabels {

  /** With an exponent only behind a point: {@code 1e5} may be the name of something. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d{1,40}(\\.0*|\\.\\d{1,40}[eE][+-]?\\d{1,2})?");

  /** The most classes of a model. */
  public static final int MOST_CLASSES = 1000;

  private ClassLabels() {}

  /**
   * The classes of the labels that occur in rows to train on.
   *
   * @param source what was read, for messages
   * @param found different labels
   * @param advice what to do about labels that cannot be classes
   * @throws InputException if there are fewer than two or more than {@link #MOST_CLASSES}
   */
  public static List<String> classes(String source, Collection<String> found, String advice) {
    if (found.size() > MOST_CLASSES) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: has more than %,d different labels, which are too many for classes; %s",
              source,
              MOST_CLASSES,
              advice));
    }
    if (found.size() < 2) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: all rows have the label %s, and a model needs two classes at least; add rows of other classes, or %s",
              source,
              found.iterator().next(),
              advice));
    }
    return inOrder(found);
  }

  /** One text for each whole number, however it is written; other texts without outer spaces. */
  public static String canonical(String text) {
    String trimmed = text.strip();
    return isWhole(trimmed) ? number(trimmed).toString() : trimmed;
  }

  /**
   * Whether a text is a whole number, such as {@code -1}, {@code +1}, {@code 3.0} or {@code
   * 3.00e+00}.
   */
  public static boolean isWhole(String text) {
    return NUMBER.matcher(text).matches() && new BigDecimal(text).stripTrailingZeros().scale() <= 0;
  }

  private static BigInteger number(String text) {
    return new BigDecimal(text).toBigIntegerExact();
  }

  /** Different labels in the order of the classes: by number if all are whole numbers. */
  public static List<String> inOrder(Collection<String> labels) {
    boolean numbers = labels.stream().allMatch(ClassLabels::isWhole);
    Comparator<String> order =
        numbers ? Comparator.comparing(ClassLabels::number) : Comparator.naturalOrder();
    return labels.stream().sorted(order).toList();
  }
}
