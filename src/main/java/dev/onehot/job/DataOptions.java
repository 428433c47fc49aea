package dev.onehot.job;

import dev.onehot.data.DefaultPartitions;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.RowSource;
import dev.onehot.failure.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * What to train and test on. Without any path it is the built-in digits.
 *
 * @param data folder with MNIST's file names, or null
 * @param train IDX file of training images, whose labels are beside it; or null
 * @param test the same to test on; or null
 * @param trainRows how many training rows are used, from the first; null for all
 * @param classes C; labels are 0 … C − 1
 * @param partitions of the data; null for as many as suit the rows and the cores
 * @param validationFraction about which share of the training rows is held back, 0 for none
 */
public record DataOptions(
    Path data,
    Path train,
    Path test,
    Long trainRows,
    int classes,
    Integer partitions,
    double validationFraction) {

  /** How many classes there are unless somebody says otherwise. */
  public static final int CLASSES = 10;

  public static final double VALIDATION_FRACTION = 0;

  /** What was measured to be practical; an IDX label, which is a byte, would allow no more. */
  private static final int MAX_CLASSES = 256;

  /**
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range, or doesn't fit
   *     the others
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
            classes >= 2 && classes <= MAX_CLASSES,
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
        .throwIfAny();
  }

  /** The built-in digits, all of them trained on. */
  public static DataOptions defaults() {
    return new DataOptions(null, null, null, null, CLASSES, null, VALIDATION_FRACTION);
  }

  /** The same with other data: a folder with MNIST's file names. */
  public DataOptions withData(Path folder) {
    return new DataOptions(folder, null, null, trainRows, classes, partitions, validationFraction);
  }

  /**
   * The same with other data: IDX files of images, with their labels beside them.
   *
   * @param other images to test on, or null
   */
  public DataOptions withFiles(Path images, Path other) {
    return new DataOptions(null, images, other, trainRows, classes, partitions, validationFraction);
  }

  /** The same with the first training rows only. */
  public DataOptions withTrainRows(long count) {
    return new DataOptions(data, train, test, count, classes, partitions, validationFraction);
  }

  /** The same with another number of classes. */
  public DataOptions withClasses(int count) {
    return new DataOptions(data, train, test, trainRows, count, partitions, validationFraction);
  }

  /** The same with another number of partitions. */
  public DataOptions withPartitions(int count) {
    return new DataOptions(data, train, test, trainRows, classes, count, validationFraction);
  }

  /** The same with another share of rows held back. */
  public DataOptions withValidationFraction(double share) {
    return new DataOptions(data, train, test, trainRows, classes, partitions, share);
  }

  /** How many partitions a source's rows are wanted in. */
  int partitions(RowSource source, int cores) {
    return partitions == null ? DefaultPartitions.of(source, cores) : partitions;
  }

  /**
   * Which training rows are held back.
   *
   * @param seed picks them
   */
  HeldBackRows heldBack(long seed) {
    return new HeldBackRows(validationFraction, seed);
  }

  /** The values that are set, by their names. */
  Map<String, String> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("data", data);
    values.put("train", train);
    values.put("test", test);
    values.put("train-rows", trainRows);
    values.put("classes", classes);
    values.put("partitions", partitions);
    values.put("validation-fraction", validationFraction);
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
