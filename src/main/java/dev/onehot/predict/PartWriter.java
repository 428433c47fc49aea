package dev.onehot.predict;

import dev.onehot.data.RowChunk;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.storage.TaskFile;
import dev.onehot.storage.TaskFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** In a task: scores the rows of a partition and writes them into a file. */
final class PartWriter extends AbstractFunction1<Iterator<RowChunk>, Iterator<WrittenParts>>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int GZIP_BUFFER_BYTES = 1 << 16;

  /** Names have as many digits as the last one, and at least so many. */
  private static final int LEAST_DIGITS = 5;

  private final TaskFiles files;
  private final FileOptions options;
  private final List<String> otherLabels;
  private final int partitions;
  private final Broadcast<SoftmaxModel> model;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * @param otherLabels labels that rows have besides those of the model's classes; null without
   *     labels
   * @param partitions how many files there will be
   */
  PartWriter(
      TaskFiles files,
      FileOptions options,
      List<String> otherLabels,
      int partitions,
      Broadcast<SoftmaxModel> model,
      Broadcast<SerializableConfiguration> hadoop) {
    this.files = files;
    this.options = options;
    this.otherLabels = otherLabels;
    this.partitions = partitions;
    this.model = model;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<WrittenParts> apply(Iterator<RowChunk> chunks) {
    TaskContext task = TaskContext.get();
    String name = nameOf(task.partitionId(), partitions, options.extension());
    WrittenParts written = new WrittenParts();
    try (TaskFile file = files.begin(name, hadoop.value().value())) {
      try (OutputStream out = compressed(file.out())) {
        write(chunks, task, out, written);
      }
      written.addFile(name, file.complete());
    } catch (IOException e) {
      throw files.failure(name, e);
    }
    return CollectionConverters.asScala(List.of(written).iterator());
  }

  /** The name of a partition's file. Names sort in the order of the rows. */
  static String nameOf(int partition, int partitions, String extension) {
    int digits = Math.max(LEAST_DIGITS, Integer.toString(partitions - 1).length());
    return String.format(Locale.ROOT, "part-%0" + digits + "d%s", partition, extension);
  }

  private OutputStream compressed(OutputStream out) throws IOException {
    return options.gzip() ? new GZIPOutputStream(out, GZIP_BUFFER_BYTES) : out;
  }

  private void write(
      Iterator<RowChunk> chunks, TaskContext task, OutputStream out, WrittenParts written)
      throws IOException {
    LineLayout layout = new LineLayout(options, model.value().classNames(), otherLabels);
    ScoredRows rows = new ScoredRows(model.value());
    LineBuffer lines = new LineBuffer();
    out.write(layout.header());
    long start = System.nanoTime();
    while (chunks.hasNext()) {
      RowChunk chunk = chunks.next();
      long read = System.nanoTime();
      rows.score(chunk);
      long done = System.nanoTime();
      layout.append(rows, lines);
      lines.writeTo(out);
      written.addRows(rows);
      if (task.isInterrupted()) {
        throw new TaskKilledException("superfluous");
      }
      long end = System.nanoTime();
      written.addTimes(read - start, done - read, end - done);
      start = end;
    }
  }
}
