package dev.onehot.data.idx;

import dev.onehot.data.DenseRows;
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
 * The rows of IDX files, a partition a split.
 *
 * <p>An RDD of its own rather than {@code parallelize} over the splits, because it stays in the
 * lineage of all that is computed from it and so travels with every stage: a split goes only to its
 * task, and the Hadoop configuration once, as a broadcast.
 */
final class IdxRdd extends RDD<DenseRows> {

  private static final long serialVersionUID = 1L;

  private final transient List<IdxSplit> splits;
  private final int features;
  private final int classes;
  private final Broadcast<SerializableConfiguration> hadoop;

  IdxRdd(
      SparkContext spark,
      List<IdxSplit> splits,
      int features,
      int classes,
      Broadcast<SerializableConfiguration> hadoop) {
    super(spark, List$.MODULE$.empty(), ClassTag$.MODULE$.apply(DenseRows.class));
    this.splits = splits;
    this.features = features;
    this.classes = classes;
    this.hadoop = hadoop;
  }

  @Override
  public Partition[] getPartitions() {
    return splits.toArray(Partition[]::new);
  }

  @Override
  public Iterator<DenseRows> compute(Partition split, TaskContext task) {
    var reader = new IdxBlockReader((IdxSplit) split, features, classes, hadoop.value().value());
    TaskCompletionListener close = done -> close(reader);
    task.addTaskCompletionListener(close);
    return new InterruptibleIterator<>(task, CollectionConverters.asScala(reader));
  }

  private static void close(IdxBlockReader reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
