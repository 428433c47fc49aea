package dev.onehot.data;

import dev.onehot.failure.InputException;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A source of rows. A row has features and, unless the source is unlabelled, a label. The position
 * of a row counts from 0 over the whole input.
 *
 * <p>There are two views of the same rows: blocks of similar rows to train and test on, and the
 * rows in the order of the input. Both are lazy: rows are read when a Spark action needs them. If
 * the content is broken, the action fails, and the cause of the task's failure is an {@link
 * InputException}.
 *
 * <p>To write your own source, implement {@link RandomAccessSource}, which needs the least code.
 */
public interface RowSource {

  /** Whether the numbers of rows and features and the values are known already. */
  default boolean isSurveyed() {
    return true;
  }

  /**
   * The same rows when they have been read once, so that all is known of them; these rows if all is
   * known already.
   *
   * @param known what the rows have to fit
   * @param cores the number of cores of all executors, as far as Spark knows it
   * @param notes gets lines for the user, such as how many rows were left out
   * @param progress gets the number of rows that have been read so far, on any thread
   * @throws InputException if rows are bad, or don't fit
   */
  default RowSource surveyed(
      JavaSparkContext spark,
      KnownRows known,
      int cores,
      Consumer<String> notes,
      LongConsumer progress) {
    return this;
  }

  /** The lines for the user that {@link #surveyed} gave; empty if it gave none. */
  default List<String> notes() {
    return List.of();
  }

  /** Lets Spark forget what it keeps of the rows. They can still be read again. */
  default void forget() {}

  /**
   * C labels as they stand in the input, in the order of the classes. Empty if rows have no labels,
   * or if their labels are the numbers of the classes.
   */
  default List<String> classLabels() {
    return List.of();
  }

  /** F names of the features; empty if they have none. */
  default List<String> featureNames() {
    return List.of();
  }

  /** F numbers that stood in for missing values; null if none was missing. */
  default double[] means() {
    return null;
  }

  /** Whether rows have weights. */
  default boolean weighted() {
    return false;
  }

  /** Weights are at most 2 to this power. */
  default int weightExponent() {
    return 0;
  }

  /** Whether so few values aren't 0 that rows are better held without their zeros. */
  default boolean isSparse() {
    return false;
  }

  /** About how many bytes the values of a row take. */
  default long bytesOfRow() {
    return features();
  }

  /** What other rows have to fit if they are to be used with these. */
  default KnownRows known() {
    return new KnownRows(features(), featureNames(), classLabels(), means())
        .fromRows(description());
  }

  /** How many rows there are, at least one. */
  long rows();

  /** How many features a row has, F. */
  int features();

  /** The range and scale of the raw features. */
  FeatureValues values();

  /** Whether rows have labels. */
  boolean labelled();

  /** The size of every picture, if rows are pictures. */
  default Optional<ImageShape> pictures() {
    return Optional.empty();
  }

  /** The source in a few words, such as {@code ../mnist (train-images-idx3-ubyte.gz)}. */
  String description();

  /** The files that hold the rows, fully qualified, for the provenance; empty if there are none. */
  List<String> files();

  /**
   * The rows as blocks of the global grid. {@link BlockGrid} says which blocks a partition holds.
   * The blocks are the same for any number of partitions.
   *
   * @param partitions the wanted number of partitions; there are at most as many as blocks
   * @param heldBack the rows held back for validation
   * @param notes gets lines for the user about how the rows will be read
   * @throws InputException if rows have no labels
   */
  JavaRDD<RowBlock> blocks(
      JavaSparkContext spark, int partitions, HeldBackRows heldBack, Consumer<String> notes);

  /** The same blocks, without notes. */
  default JavaRDD<RowBlock> blocks(JavaSparkContext spark, int partitions, HeldBackRows heldBack) {
    return blocks(spark, partitions, heldBack, note -> {});
  }

  /**
   * The rows in the order of the input. A partition holds a run of rows, and positions rise from
   * partition to partition.
   *
   * @param partitions the wanted number of partitions; there may be fewer, or another number if the
   *     files cannot be split
   */
  JavaRDD<RowChunk> rowsInOrder(JavaSparkContext spark, int partitions);

  /**
   * Makes sure that rows have labels.
   *
   * @throws InputException if they don't
   */
  default void requireLabels() {
    if (!labelled()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: the rows have no labels; training and testing need them",
              description()));
    }
  }

  /**
   * Makes sure that these test rows have the same features as the training rows.
   *
   * @throws InputException if the pictures differ in size, or the rows in the number of features
   */
  default void requireFeaturesOf(RowSource training) {
    ImageShape size = pictures().orElse(null);
    ImageShape trainingSize = training.pictures().orElse(null);
    if (size != null && trainingSize != null && !size.equals(trainingSize)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: test images of %s pixels, but the training images of %s have %s; they must have one size",
              description(),
              size,
              training.description(),
              trainingSize));
    }
    if (features() != training.features()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: test rows of %d features, but the training rows of %s have %d; they must have as many",
              description(),
              features(),
              training.description(),
              training.features()));
    }
  }
}
