package dev.onehot.data;

import dev.onehot.spark.DirectRdd;
import dev.onehot.spark.TaskRows;
import dev.onehot.spark.TreeDepth;
import java.util.function.LongConsumer;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * All pieces of an input, in order.
 *
 * @param rdd the pieces; partitions hold runs of splits
 * @param firstSplits for each partition, the index of its first split
 */
record Pieces(JavaRDD<PlacedPiece> rdd, int[] firstSplits) {

  /** About the bytes of a survey: a label and a few numbers for each of some pieces. */
  private static final long SURVEY_BYTES = 1 << 16;

  /** Keeps the pieces in Spark's cache from when they are read. */
  Pieces cached(String description) {
    rdd.setName("rows as they were read of " + description);
    rdd.persist(StorageLevel.MEMORY_AND_DISK());
    return this;
  }

  /**
   * Reads all pieces.
   *
   * @param progress gets the number of rows that have been read so far, on any thread
   */
  PieceSurvey survey(LongConsumer progress) {
    DirectRdd<PlacedPiece, PlacedPiece> read = DirectRdd.of(rdd);
    int depth = TreeDepth.of(rdd.getNumPartitions(), SURVEY_BYTES);
    return TaskRows.follow(
        rdd.context(), progress, () -> read.treeAggregate(new PieceSurvey(), depth));
  }
}
