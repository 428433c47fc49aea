package dev.onehot.data;

import dev.onehot.math.RowBlock;
import dev.onehot.math.RowValues;
import dev.onehot.spark.TaskRows;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.InterruptibleIterator;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The rows of pieces in the order of the input. Partitions are those of the pieces. */
final class PieceChunksRdd extends RDD<RowChunk> {

  private static final long serialVersionUID = 1L;

  private static final ClassTag<PlacedPiece> PIECES = ClassTag$.MODULE$.apply(PlacedPiece.class);

  private final long[] firstRows;
  private final long rows;
  private final PieceForm form;

  /**
   * @param firstRows for each partition the position of its first row, and behind it the end
   * @param rows how many rows are used, from the first
   */
  PieceChunksRdd(JavaRDD<PlacedPiece> pieces, long[] firstRows, long rows, PieceForm form) {
    super(pieces.rdd(), ClassTag$.MODULE$.apply(RowChunk.class));
    this.firstRows = firstRows;
    this.rows = rows;
    this.form = form;
  }

  @Override
  public Partition[] getPartitions() {
    return firstParent(PIECES).partitions();
  }

  @Override
  public scala.collection.Iterator<RowChunk> compute(Partition partition, TaskContext task) {
    Iterator<PlacedPiece> pieces =
        CollectionConverters.asJava(firstParent(PIECES).iterator(partition, task));
    Chunks chunks = new Chunks(pieces, firstRows[partition.index()]);
    return new InterruptibleIterator<>(task, CollectionConverters.asScala(chunks));
  }

  private final class Chunks implements Iterator<RowChunk> {

    private final Iterator<PlacedPiece> pieces;
    private long position;
    private RowPiece piece;
    private int[] classes;
    private int at;

    Chunks(Iterator<PlacedPiece> pieces, long position) {
      this.pieces = pieces;
      this.position = position;
    }

    @Override
    public boolean hasNext() {
      while (position < rows && (piece == null || at == piece.rows())) {
        if (!pieces.hasNext()) {
          return false;
        }
        piece = pieces.next().piece();
        form.requireFeatures(piece);
        classes = piece.labels() == null || form.labels().isEmpty() ? null : form.classesOf(piece);
        at = 0;
      }
      return position < rows;
    }

    @Override
    public RowChunk next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      int end = (int) Math.min(piece.rows(), at + Math.min(RowBlock.ROWS, rows - position));
      RowValues values =
          form.real() == null ? form.bytes(piece, at, end) : form.rows(piece, at, end);
      int[] labels =
          classes == null
              ? null
              : Arrays.stream(piece.labels(), at, end).map(label -> classes[label]).toArray();
      float[] weights =
          form.weightExponent() == null
              ? null
              : piece.weights() == null
                  ? ones(end - at)
                  : Arrays.copyOfRange(piece.weights(), at, end);
      RowChunk chunk = new RowChunk(position, labels, weights, values);
      TaskRows.add(end - at);
      position += end - at;
      at = end;
      return chunk;
    }
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
