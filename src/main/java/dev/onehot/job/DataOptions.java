package dev.onehot.job;

import dev.onehot.data.DefaultPartitions;
import dev.onehot.data.FormatOptions;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.HeldBackRows.By;
import dev.onehot.data.KnownRows;
import dev.onehot.data.RowSource;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.Problems;
import dev.onehot.failure.SettingNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;

/**
 * The rows to train and test on. Without any path these are the built-in digits.
 *
 * @param data folder with MNIST's file names, or null
 * @param train IDX file of training images, with its labels file beside it; or null
 * @param test IDX file of test images, with its labels file beside it; or null
 * @param trainRows the number of training rows to use, from the first; null for all
 * @param classes C, if labels are 0 … C − 1; null to take the labels that occur
 * @param classNames C names, in the order of the classes; null to take the labels
 * @param formats how files are read
 * @param partitions the number of partitions; null to choose it from the rows and the cores
 * @param validationFraction the approximate share of training rows to hold back, 0 for none
 * @param dates the days that dates in the paths stand for, and whose digits the built-in ones are;
 *     null if paths hold no dates. With days, rows to hold back are recognized by their features
 */
public record DataOptions(
    Path data,
    Path train,
    Path test,
    Long trainRows,
    Integer classes,
    List<String> classNames,
    FormatOptions formats,
    Integer partitions,
    double validationFraction,
    Dates dates) {

  /** The default share of training rows to hold back. */
  public static final double VALIDATION_FRACTION = 0;

  /** The number of classes of a source that doesn't name its labels. */
  private static final int UNNAMED_CLASSES = 10;

  /** The most classes. */
  private static final int MAX_CLASSES = 1000;

  /**
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range, or contradicts
   *     another
   */
  public DataOptions {
    new Problems()
        .require(
            data == null || train == null && test == null,
            "⟨data⟩ names a folder with everything; leave out ⟨train⟩ and ⟨test⟩, or ⟨data⟩")
        .require(test == null || train != null, "⟨test⟩ goes with ⟨train⟩")
        .require(
            trainRows == null || trainRows >= 1,
            "⟨train-rows⟩ must be at least 1, not %d",
            trainRows)
        .require(
            classes == null || classes >= 2 && classes <= MAX_CLASSES,
            "⟨classes⟩ must be 2 to %d, not %d",
            MAX_CLASSES,
            classes)
        .require(
            partitions == null || partitions >= 1,
            "⟨partitions⟩ must be at least 1, not %d",
            partitions)
        .require(
            validationFraction >= 0 && validationFraction < 1,
            "⟨validation-fraction⟩ must be from 0 to below 1, not %s",
            validationFraction)
        .require(
            classNames == null || Set.copyOf(classNames).size() == classNames.size(),
            "⟨class-names⟩ must differ from each other: %s",
            classNames)
        .require(
            classNames == null || classes == null || classNames.size() == classes,
            "⟨class-names⟩ has %d names, but ⟨classes⟩ is %d; leave out one of them",
            classNames == null ? 0 : classNames.size(),
            classes)
        .throwIfAny();
  }

  /** The built-in digits, with no training row held back. */
  public static DataOptions defaults() {
    return new DataOptions(
        null,
        null,
        null,
        null,
        null,
        null,
        FormatOptions.defaults(),
        null,
        VALIDATION_FRACTION,
        null);
  }

  /** These options with other data: a folder with MNIST's file names. */
  public DataOptions withData(Path folder) {
    return new DataOptions(
        folder,
        null,
        null,
        trainRows,
        classes,
        classNames,
        formats,
        partitions,
        validationFraction,
        dates);
  }

  /**
   * These options with other data: IDX files of images, with their labels files beside them.
   *
   * @param images images to train on
   * @param other images to test on, or null
   */
  public DataOptions withFiles(Path images, Path other) {
    return new DataOptions(
        null,
        images,
        other,
        trainRows,
        classes,
        classNames,
        formats,
        partitions,
        validationFraction,
        dates);
  }

  /** These options with another number of training rows to use, from the first. */
  public DataOptions withTrainRows(long count) {
    return new DataOptions(
        data,
        train,
        test,
        count,
        classes,
        classNames,
        formats,
        partitions,
        validationFraction,
        dates);
  }

  /** These options with another number of classes. */
  public DataOptions withClasses(int count) {
    return new DataOptions(
        data,
        train,
        test,
        trainRows,
        count,
        classNames,
        formats,
        partitions,
        validationFraction,
        dates);
  }

  /** These options with files that are read in another way. */
  public DataOptions withFormats(FormatOptions other) {
    return new DataOptions(
        data,
        train,
        test,
        trainRows,
        classes,
        classNames,
        other,
        partitions,
        validationFraction,
        dates);
  }

  /** These options with other names of the classes. */
  public DataOptions withClassNames(List<String> names) {
    return new DataOptions(
        data,
        train,
        test,
        trainRows,
        classes,
        names,
        formats,
        partitions,
        validationFraction,
        dates);
  }

  /** C labels of rows, as they stand in the input. */
  public List<String> labels(RowSource rows) {
    if (classes != null) {
      return numbers(classes);
    }
    return rows.classLabels().isEmpty() ? numbers(UNNAMED_CLASSES) : rows.classLabels();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  /** C names of the classes of rows. */
  public List<String> classNames(RowSource rows) {
    List<String> labels = labels(rows);
    if (classNames != null && classNames.size() != labels.size()) {
      throw new InvalidSettingsException(
          SettingNames.format(
              "⟨class-names⟩ has %d names, but the rows have %d classes: %s",
              classNames.size(), labels.size(), String.join(", ", labels)));
    }
    return classNames == null ? labels : classNames;
  }

  /** What the training rows have to fit: the labels, if their number is given. */
  public KnownRows known() {
    return classes == null
        ? KnownRows.nothing()
        : new KnownRows(0, List.of(), numbers(classes), null)
            .from(
                SettingNames.format("⟨classes⟩ %d", classes),
                SettingNames.format("give other ⟨classes⟩"));
  }

  /** These options with another number of partitions. */
  public DataOptions withPartitions(int count) {
    return new DataOptions(
        data,
        train,
        test,
        trainRows,
        classes,
        classNames,
        formats,
        count,
        validationFraction,
        dates);
  }

  /** These options with another share of rows held back. */
  public DataOptions withValidationFraction(double share) {
    return new DataOptions(
        data, train, test, trainRows, classes, classNames, formats, partitions, share, dates);
  }

  /** These options with the days that dates in the paths stand for. */
  public DataOptions withDates(Dates other) {
    return new DataOptions(
        data,
        train,
        test,
        trainRows,
        classes,
        classNames,
        formats,
        partitions,
        validationFraction,
        other);
  }

  /** The paths that one path stands for, in order. */
  List<Path> paths(Path path) {
    return dates == null ? List.of(path) : dates.of(path);
  }

  /** The wanted number of partitions for a source's rows. */
  public int partitions(RowSource source, int cores) {
    return partitions == null ? DefaultPartitions.of(source, cores) : partitions;
  }

  /**
   * The training rows that are held back.
   *
   * @param seed selects the rows
   */
  public HeldBackRows heldBack(long seed) {
    return new HeldBackRows(validationFraction, seed, dates == null ? By.POSITION : By.FEATURES);
  }

  /** The options that are set, by name. */
  Map<String, String> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("data", data);
    values.put("train", train);
    values.put("test", test);
    values.put("train-rows", trainRows);
    values.put("classes", classes);
    values.put("class-names", classNames == null ? null : String.join(",", classNames));
    values.putAll(formats.values());
    values.put("partitions", partitions);
    values.put("validation-fraction", validationFraction);
    values.put("run-date", dates == null ? null : dates.runDate());
    values.put("days", dates == null ? null : dates.days());
    Map<String, String> set = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (value != null) {
            set.put(name, value.toString());
          }
        });
    return set;
  }
}
