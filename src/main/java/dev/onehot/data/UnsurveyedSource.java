package dev.onehot.data;

import dev.onehot.math.FeatureValues;
import dev.onehot.math.RowBlock;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Rows that have to be read before anybody knows how many they are. Only {@link #surveyed} gives a
 * source that has all of {@link RowSource}.
 */
interface UnsurveyedSource extends RowSource {

  /** What to do about a bad row; the end of a sentence, perhaps with marked names of settings. */
  String adviceOnBadRows();

  /**
   * Where the labels might be, if those that were read are too many or too few to be classes;
   * perhaps with marked names of settings.
   */
  String adviceOnLabels();

  /** What is wrong with it if it has no rows, not even bad ones. */
  default String withoutRows() {
    return "has no rows";
  }

  @Override
  default boolean isSurveyed() {
    return false;
  }

  @Override
  default long rows() {
    throw unknown();
  }

  @Override
  default int features() {
    throw unknown();
  }

  @Override
  default FeatureValues values() {
    throw unknown();
  }

  @Override
  default JavaRDD<RowBlock> blocks(
      JavaSparkContext spark, int partitions, HeldBackRows heldBack, Consumer<String> notes) {
    throw unknown();
  }

  @Override
  default JavaRDD<RowChunk> rowsInOrder(JavaSparkContext spark, int partitions) {
    throw unknown();
  }

  private IllegalStateException unknown() {
    return new IllegalStateException(description() + ": is not surveyed yet");
  }
}
