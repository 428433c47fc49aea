package dev.onehot.data.idx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.InterruptibleIterator;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.Iterator;
import scala.collection.immutable.List$;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * The rows of IDX files. Each partition is one split.
 *
 * <p>This is not {@code parallelize} over the splits, because an RDD stays in the lineage of
 * everything computed from it, and Spark sends it with every stage. Here a split goes only to its
 * own task, and the Hadoop configuration is broadcast once.
 *
 * @param <T> the form in which rows are given
 */
final class IdxRdd<T> extends RDD<T> {

  private static final long serialVersionUID = 1L;

  private final transient List<IdxSplit> splits;
  private final IdxClasses classes;
  private final IdxView<T> view;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * @param classes the classes of the labels
   */
  IdxRdd(
      SparkContext spark,
      List<IdxSplit> splits,
      IdxClasses classes,
      IdxView<T> view,
      Class<T> type,
      Broadcast<SerializableConfiguration> hadoop) {
    super(spark, List$.MODULE$.empty(), ClassTag$.MODULE$.apply(type));
    this.splits = splits;
    this.classes = classes;
    this.view = view;
    this.hadoop = hadoop;
  }

  @Override
  public Partition[] getPartitions() {
    return splits.toArray(Partition[]::new);
  }

  @Override
  public Iterator<T> compute(Partition partition, TaskContext task) {
    IdxSplit split = (IdxSplit) partition;
    IdxReader reader = new IdxReader(split.shards(), classes, hadoop.value().value());
    TaskCompletionListener close = done -> close(reader);
    task.addTaskCompletionListener(close);
    return new InterruptibleIterator<>(task, CollectionConverters.asScala(view.of(split, reader)));
  }

  private static void close(IdxReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
