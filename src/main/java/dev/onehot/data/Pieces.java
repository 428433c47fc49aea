package dev.onehot.data;

import dev.onehot.spark.DirectRdd;
import dev.onehot.spark.TaskRows;
import dev.onehot.spark.TreeDepth;
import java.util.Iterator;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
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

  /** The pieces of an RDD that somebody else has made. Each partition is a split. */
  static Pieces of(JavaRDD<RowPiece> pieces) {
    return new Pieces(
        pieces.mapPartitionsWithIndex(new Place(), false),
        IntStream.range(0, pieces.getNumPartitions()).toArray());
  }

  private static final class Place
      implements Function2<Integer, Iterator<RowPiece>, Iterator<PlacedPiece>> {

    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<PlacedPiece> call(Integer partition, Iterator<RowPiece> pieces) {
      return new Iterator<>() {
        private int ordinal;

        @Override
        public boolean hasNext() {
          return pieces.hasNext();
        }

        @Override
        public PlacedPiece next() {
          RowPiece piece = pieces.next();
          TaskRows.add(piece.rows());
          return new PlacedPiece(partition, ordinal++, piece);
        }
      };
    }
  }

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
