package dev.onehot.job;

import dev.onehot.data.digits.GeneratedFiles;
import dev.onehot.report.Console;
import dev.onehot.report.RowsProgress;
import dev.onehot.storage.PublishedDirectory;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Renders digits into files of a new directory, distributed over the cluster, and publishes the
 * directory.
 */
public final class GenerateJob {

  private final JavaSparkContext spark;
  private final GeneratedFiles files;
  private final Path out;
  private final Console console;

  /**
   * @param out the directory for the files, new or empty
   * @param console shows the progress
   */
  public GenerateJob(JavaSparkContext spark, GeneratedFiles files, Path out, Console console) {
    this.spark = spark;
    this.files = files;
    this.out = out;
    this.console = console;
  }

  /**
   * Writes and publishes all files.
   *
   * @return the duration in seconds
   * @throws dev.onehot.failure.UserFailure if the directory cannot be created or written
   */
  public double run() throws IOException {
    try (Publication publication = new Publication(console);
        PublishedDirectory directory =
            PublishedDirectory.claim(
                out, RunId.next().name(), spark.hadoopConfiguration(), console::line)) {
      console.line(
          String.format(
              Locale.ROOT,
              "writing %,d rows into %,d files, %.1f MB",
              files.allRows(),
              files.files(),
              files.bytes() / 1e6));
      long start = System.nanoTime();
      try {
        files.write(spark, directory, new RowsProgress(console, "written", files.allRows()));
      } finally {
        console.settle();
      }
      publication.publish(directory);
      return (System.nanoTime() - start) / 1e9;
    } catch (Exception e) {
      // Scala code also throws checked exceptions that it does not declare.
      Publication.throwIfEndedBySignal(e);
      throw e;
    }
  }
}
