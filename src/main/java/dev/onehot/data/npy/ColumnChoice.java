package dev.onehot.data.npy;

import dev.onehot.data.FormatOptions;
import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import java.io.Serializable;
import java.util.BitSet;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What the columns of an array of rows are: features, the label, the weight, or left out.
 *
 * @param features the columns that are features, ascending, from 0
 * @param label the column of labels, or −1
 * @param weight the column of weights, or −1
 */
record ColumnChoice(int[] features, int label, int weight) implements Serializable {

  /**
   * The choice that the options make for an array.
   *
   * @param known how many features rows have to have; 0 if it isn't known
   * @param labelsRequired whether rows must have labels; where they needn't, an array that has as
   *     many columns as the features that are known has no column of labels
   * @throws InputException if the array has no such column
   */
  static ColumnChoice of(NpyArray array, FormatOptions options, int known, boolean labelsRequired) {
    int columns = (int) array.columns();
    BitSet others = new BitSet();
    for (String column : options.dropColumns()) {
      others.set(number("drop-columns", column, array));
    }
    int weight = -1;
    if (isNumber(options.weightColumn())) {
      weight = number("weight-column", options.weightColumn(), array);
      others.set(weight);
    }
    int label = -1;
    boolean onlyFeatures = !labelsRequired && known == columns - others.cardinality();
    if (namesColumn(options.labelColumn()) && !onlyFeatures) {
      label = number("label-column", options.labelColumn(), array);
      others.set(label);
    }
    if (others.cardinality() == columns) {
      throw new InputException(
          SettingNames.format(
              "%s: an array of shape %s has no column left for features; use an array with more, or check ⟨label-column⟩",
              array.stored().name(), array.shapeText()));
    }
    return new ColumnChoice(
        IntStream.range(0, columns).filter(column -> !others.get(column)).toArray(), label, weight);
  }

  /** Whether all columns are features. */
  boolean areAll(NpyArray array) {
    return features.length == array.columns();
  }

  /** Whether a value of {@code label-column} means a column of the rows, and not another array. */
  static boolean namesColumn(String value) {
    return isNumber(value) || "first".equals(value) || "last".equals(value);
  }

  static boolean isNumber(String value) {
    return value != null && value.matches("\\d{1,9}");
  }

  private static int number(String setting, String value, NpyArray array) {
    long columns = array.columns();
    if (array.shape().length != 2) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: an array of shape %s has no columns to choose from; expected two dimensions where %s names a column",
              array.stored().name(),
              array.shapeText(),
              SettingNames.mark(setting)));
    }
    long column =
        switch (value) {
          case "first" -> 1;
          case "last" -> columns;
          default -> isNumber(value) ? Long.parseLong(value) : 0;
        };
    if (column < 1 || column > columns) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: %s: found \"%s\", expected the number of a column, 1 to %,d; columns of NumPy's arrays have no names",
              array.stored().name(),
              SettingNames.mark(setting),
              value,
              columns));
    }
    return (int) column - 1;
  }
}
