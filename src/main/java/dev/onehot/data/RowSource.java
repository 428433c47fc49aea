package dev.onehot.data;

import dev.onehot.failure.InputException;
import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Where rows come from. A row has features and, unless the source is unlabelled, a label; its
 * position is counted from 0 over the whole input.
 *
 * <p>There are two views of the same rows: blocks of similar rows to train and test on, and the
 * rows in the order of the input. In both nothing is read before an action needs it. Content that
 * turns out to be broken fails that action, with an {@link InputException} as the task's cause.
 *
 * <p>A source of your own is least work as a {@link RandomAccessSource}.
 */
public interface RowSource {

  /** How many rows there are, at least one. */
  long rows();

  /** How many features a row has, F. */
  int features();

  /** What the raw features are. */
  FeatureValues values();

  /** Whether rows have labels. */
  boolean labelled();

  /** The size of every picture, if rows are pictures. */
  default Optional<ImageShape> pictures() {
    return Optional.empty();
  }

  /** The source in a few words, such as {@code ../mnist (train-images-idx3-ubyte.gz)}. */
  String description();

  /** The files the rows stand in, fully qualified, for the record; empty if there are none. */
  List<String> files();

  /**
   * The rows as blocks of the global grid, in runs as {@link BlockGrid} cuts them: the same blocks
   * whatever the number of partitions.
   *
   * @param partitions how many partitions are wanted; there are never more than blocks
   * @param heldBack the rows kept for validation
   * @param notes hears what the user should know about how the rows will be read, line by line
   * @throws InputException if rows have no labels
   */
  JavaRDD<RowBlock> blocks(
      JavaSparkContext spark, int partitions, HeldBackRows heldBack, Consumer<String> notes);

  /** The same blocks, without notes. */
  default JavaRDD<RowBlock> blocks(JavaSparkContext spark, int partitions, HeldBackRows heldBack) {
    return blocks(spark, partitions, heldBack, note -> {});
  }

  /**
   * The rows in the order of the input. A partition holds a run of rows, and positions ascend over
   * partitions.
   *
   * @param partitions how many partitions are wanted; there may be fewer, or another number where
   *     the files cannot be cut
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
          "%s: the rows have no labels; training and testing need them".formatted(description()));
    }
  }

  /**
   * Makes sure that these rows, to test on, have the features of those that were trained on.
   *
   * @throws InputException if pictures have another size, or rows another number of features
   */
  default void requireFeaturesOf(RowSource training) {
    ImageShape size = pictures().orElse(null);
    ImageShape trainingSize = training.pictures().orElse(null);
    if (size != null && trainingSize != null && !size.equals(trainingSize)) {
      throw new InputException(
          "%s: test images of %s pixels, but the training images of %s have %s; they must have one size"
              .formatted(description(), size, training.description(), trainingSize));
    }
    if (features() != training.features()) {
      throw new InputException(
          "%s: test rows of %d features, but the training rows of %s have %d; they must have as many"
              .formatted(description(), features(), training.description(), training.features()));
    }
  }
}
