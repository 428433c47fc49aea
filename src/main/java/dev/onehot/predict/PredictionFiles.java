package dev.onehot.predict;

import dev.onehot.data.RowChunk;
import dev.onehot.data.RowSource;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.spark.DirectRdd;
import dev.onehot.spark.TaskRows;
import dev.onehot.storage.PublishedDirectory;
import dev.onehot.storage.TaskFiles;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * The predictions of a model as text files. One task writes one file, with a run of the rows. The
 * names of the files sort in the order of the rows, and all files together hold the same lines for
 * any number of them.
 *
 * @param source rows with as many features as the model
 * @param partitions the wanted number of files
 */
public record PredictionFiles(RowSource source, int partitions, FileOptions options) {

  /** An empty file that people and programs take for the sign that all others are there. */
  private static final String SUCCESS = "_SUCCESS";

  /**
   * Scores all rows and writes all files.
   *
   * @param directory receives only these files, and is not published yet
   * @param progress gets the number of written rows now and then, at the end all of them
   * @return what has been written
   * @throws dev.onehot.failure.OutputException if a file cannot be written; if a task fails, this
   *     is the cause of Spark's exception
   */
  public WrittenParts write(
      JavaSparkContext spark,
      SoftmaxModel model,
      PublishedDirectory directory,
      LongConsumer progress) {
    TaskFiles files = directory.taskFiles();
    Configuration configuration = spark.hadoopConfiguration();
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(configuration));
    Broadcast<SoftmaxModel> broadcast = spark.broadcast(model);
    spark.setJobDescription("predict");
    WrittenParts written;
    try {
      JavaRDD<RowChunk> rows = source.rowsInOrder(spark, partitions).setName("rows to predict");
      PartWriter writer =
          new PartWriter(
              files, options, otherLabels(model), rows.getNumPartitions(), broadcast, hadoop);
      written =
          TaskRows.follow(
              spark.sc(),
              progress,
              () ->
                  DirectRdd.of(rows)
                      .mapPartitions(writer, true, ClassTag$.MODULE$.apply(WrittenParts.class))
                      .fold(new WrittenParts(), new Merge()));
    } finally {
      broadcast.destroy();
      hadoop.destroy();
    }
    progress.accept(written.rows());
    try {
      files.tidy(written.lengths(), configuration);
    } catch (IOException e) {
      throw directory.failure(e);
    }
    directory.write(SUCCESS, new byte[0]);
    return written;
  }

  /** Labels of rows that the model doesn't know; null if rows have no labels. */
  private List<String> otherLabels(SoftmaxModel model) {
    if (!source.labelled()) {
      return null;
    }
    List<String> labels = source.classLabels();
    return labels.size() <= model.classes()
        ? List.of()
        : List.copyOf(labels.subList(model.classes(), labels.size()));
  }

  private static final class Merge
      extends AbstractFunction2<WrittenParts, WrittenParts, WrittenParts> implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public WrittenParts apply(WrittenParts one, WrittenParts other) {
      return one.merge(other);
    }
  }
}
