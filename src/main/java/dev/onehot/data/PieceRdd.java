package dev.onehot.data;

import dev.onehot.spark.TaskRows;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.InterruptibleIterator;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.immutable.List$;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/** The pieces of an input, in their order. Each partition reads a run of splits. */
final class PieceRdd extends RDD<PlacedPiece> {

  private static final long serialVersionUID = 1L;

  private final transient List<Run> runs;
  private final long mostBadRows;
  private final Broadcast<SerializableConfiguration> hadoop;

  PieceRdd(
      SparkContext spark,
      List<? extends PieceSplit> splits,
      int partitions,
      long mostBadRows,
      Broadcast<SerializableConfiguration> hadoop) {
    super(spark, List$.MODULE$.empty(), ClassTag$.MODULE$.apply(PlacedPiece.class));
    this.runs = runs(splits, partitions);
    this.mostBadRows = mostBadRows;
    this.hadoop = hadoop;
  }

  /** Splits that follow one another, and the index of the first among all. */
  private record Run(int index, int firstSplit, ArrayList<PieceSplit> splits) implements Partition {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean equals(Object other) {
      return other instanceof Run that && index == that.index;
    }

    @Override
    public int hashCode() {
      return index;
    }
  }

  /** Shares the splits out: about as many bytes for each, and at most so many runs. */
  private static List<Run> runs(List<? extends PieceSplit> splits, int partitions) {
    long all = splits.stream().mapToLong(split -> Math.max(1, split.bytes())).sum();
    List<Run> runs = new ArrayList<>();
    long before = 0;
    for (int s = 0; s < splits.size(); s++) {
      if (runs.isEmpty() || before * partitions / all >= runs.size()) {
        runs.add(new Run(runs.size(), s, new ArrayList<>()));
      }
      runs.get(runs.size() - 1).splits().add(splits.get(s));
      before += Math.max(1, splits.get(s).bytes());
    }
    return runs;
  }

  /** For each partition, the index of its first split. */
  int[] firstSplits() {
    return runs.stream().mapToInt(Run::firstSplit).toArray();
  }

  @Override
  public Partition[] getPartitions() {
    return runs.toArray(Partition[]::new);
  }

  @Override
  public scala.collection.Iterator<PlacedPiece> compute(Partition partition, TaskContext task) {
    Pieces pieces = new Pieces((Run) partition, hadoop.value().value(), mostBadRows);
    TaskCompletionListener close = done -> pieces.close();
    task.addTaskCompletionListener(close);
    return new InterruptibleIterator<>(task, CollectionConverters.asScala(pieces));
  }

  private static final class Pieces implements Iterator<PlacedPiece>, Closeable {

    private final Run run;
    private final Configuration hadoop;
    private final long mostBadRows;
    private int next;
    private int ordinal;
    private Iterator<RowPiece> current;

    Pieces(Run run, Configuration hadoop, long mostBadRows) {
      this.run = run;
      this.hadoop = hadoop;
      this.mostBadRows = mostBadRows;
    }

    @Override
    public boolean hasNext() {
      while (current == null || !current.hasNext()) {
        close();
        if (next == run.splits().size()) {
          return false;
        }
        current = run.splits().get(next++).read(hadoop, mostBadRows);
        ordinal = 0;
      }
      return true;
    }

    @Override
    public PlacedPiece next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      RowPiece piece = current.next();
      TaskRows.add(piece.rows());
      return new PlacedPiece(run.firstSplit() + next - 1, ordinal++, piece);
    }

    @Override
    public void close() {
      if (current instanceof Closeable open) {
        try {
          open.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      current = null;
    }
  }
}
