package dev.onehot.data;

import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Where labelled rows come from. */
public interface RowSource {

  /** How many rows there are, at least one. */
  long rows();

  /** What the raw features are. */
  FeatureValues values();

  /** The size of every image. */
  ImageShape shape();

  /** The source in a few words, such as {@code ../mnist (train-images-idx3-ubyte.gz)}. */
  String description();

  /** The files the rows stand in, fully qualified, for the record; empty if there are none. */
  List<String> files();

  /**
   * What the user should know about how the rows will be read, a line each.
   *
   * @param partitions how many are wanted
   */
  default List<String> notes(JavaSparkContext spark, int partitions) {
    return List.of();
  }

  /**
   * The rows as blocks of the global grid, in runs as {@link BlockGrid} cuts them: the same blocks
   * whatever the number of partitions.
   *
   * <p>Nothing is read before an action needs it. Content that turns out to be broken fails that
   * action, with a {@link dev.onehot.failure.InputException} as the task's cause.
   *
   * @param partitions how many partitions are wanted; there are never more than blocks
   * @param heldBack the rows kept for validation
   */
  JavaRDD<RowBlock> blocks(JavaSparkContext spark, int partitions, HeldBackRows heldBack);
}
