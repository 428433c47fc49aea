package dev.onehot.data.idx;

import dev.onehot.data.ClassLabels;
import dev.onehot.failure.InputException;
import dev.onehot.failure.SettingNames;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The classes of the labels in IDX files, which are whole numbers.
 *
 * <p>Not a record, as tasks get it.
 */
final class IdxClasses implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int LABELS_LISTED = 10;

  private final String[] labels;
  private final String origin;

  /** The class of each label that is a number; those of bytes have an array of their own. */
  private final Map<Integer, Integer> classes = new HashMap<>();

  private final int[] classOfByte = new int[256];

  /**
   * @param labels C labels in the order of the classes; empty if rows have none
   * @param origin who says that these are all, such as {@code the model models/mnist}
   */
  IdxClasses(List<String> labels, String origin) {
    this.origin = origin;
    this.labels = labels.toArray(String[]::new);
    for (int c = 0; c < this.labels.length; c++) {
      if (ClassLabels.isWhole(this.labels[c])) {
        BigInteger number = new BigInteger(ClassLabels.canonical(this.labels[c]));
        if (number.bitLength() < Integer.SIZE) {
          classes.put(number.intValue(), c);
        }
      }
    }
    for (int label = 0; label < classOfByte.length; label++) {
      classOfByte[label] = classes.getOrDefault(label, -1);
    }
  }

  /** The classes 0 … {@code count − 1}. */
  static IdxClasses ofNumbers(int count) {
    return new IdxClasses(numbers(count), String.format(Locale.ROOT, "%,d classes", count));
  }

  /** The labels 0 … {@code count − 1}. */
  static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  /** The class of a label; −1 if there is none. */
  int of(int label) {
    return label >= 0 && label < classOfByte.length
        ? classOfByte[label]
        : classes.getOrDefault(label, -1);
  }

  /** C labels in the order of the classes. */
  List<String> labels() {
    return List.of(labels);
  }

  /**
   * Describes a label that has no class.
   *
   * @param file the file of labels
   * @param row counted in that file
   */
  InputException unknown(IdxFile file, long row, int label) {
    int count = labels.length;
    if (label >= count && labels().equals(numbers(count))) {
      return new InputException(
          SettingNames.format(
              "%s: label %d in row %d, at byte %d, is out of range: %d classes have the labels 0 to %d;"
                  + " give ⟨classes⟩ %d or more, or mend the file",
              file.name(), label, row, file.offset(row), count, count - 1, label + 1L));
    }
    String known = String.join(", ", labels().subList(0, Math.min(LABELS_LISTED, count)));
    return new InputException(
        SettingNames.format(
            "%s: label %d in row %d, at byte %d: expected a class of %s: %s%s",
            file.name(),
            label,
            row,
            file.offset(row),
            origin,
            known,
            count > LABELS_LISTED
                ? SettingNames.format(" … %s (%,d)", labels[count - 1], count)
                : ""));
  }
}
