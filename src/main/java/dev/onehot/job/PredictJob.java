package dev.onehot.job;

import dev.onehot.data.RowSource;
import dev.onehot.predict.PredictionFiles;
import dev.onehot.predict.WrittenParts;
import dev.onehot.report.Console;
import dev.onehot.report.RowsProgress;
import dev.onehot.storage.PublishedDirectory;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Scores rows with a model, distributed over the cluster, and publishes a directory of predictions
 * in the order of the rows.
 */
public final class PredictJob {

  private final StoredModel model;
  private RowSource rows;
  private final PredictionOptions options;
  private final Console console;

  private PredictJob(
      StoredModel model, RowSource rows, PredictionOptions options, Console console) {
    this.model = model;
    this.rows = rows;
    this.options = options;
    this.console = console;
  }

  /**
   * Opens the model and the rows, without Spark. No rows are read yet.
   *
   * @param console shows warnings and the progress
   * @throws dev.onehot.failure.InputException if the model or a file of rows is missing or broken,
   *     or if they don't fit each other
   */
  public static PredictJob open(PredictionOptions options, Configuration hadoop, Console console) {
    StoredModel model = StoredModel.open(options.model(), hadoop, console::line);
    RowSource rows =
        options.input().open(model.knownRows().withOtherLabels(), false, hadoop, console::line);
    if (rows.isSurveyed()) {
      model.requireFeaturesOf(rows);
    }
    model.requireOutside(options.out(), hadoop);
    return new PredictJob(model, rows, options, console);
  }

  /**
   * Writes and publishes the predictions.
   *
   * @throws dev.onehot.failure.UserFailure if the directory cannot be created or written, or a file
   *     of rows is broken; it may be the cause of an exception of Spark's
   */
  public PredictionFigures run(JavaSparkContext spark) throws IOException {
    Path out = options.out();
    try (Publication publication = new Publication(console);
        PublishedDirectory directory =
            PublishedDirectory.claim(
                out, RunId.next().name(), spark.hadoopConfiguration(), console::line)) {
      survey(spark);
      int partitions = options.input().partitions(rows, Cores.of(spark));
      console.line(
          String.format(Locale.ROOT, "predicting %,d rows of %s", rows.rows(), rows.description()));
      long start = System.nanoTime();
      WrittenParts written;
      try {
        written =
            new PredictionFiles(rows, partitions, options.files())
                .write(
                    spark,
                    model.model(),
                    directory,
                    new RowsProgress(console, "predicted", rows.rows()));
      } finally {
        console.settle();
      }
      publication.publish(directory);
      warnOfUnknownLabels(written);
      double seconds = (System.nanoTime() - start) / 1e9;
      return PredictionFigures.of(written, rows.labelled(), seconds);
    } catch (Exception e) {
      // Scala code also throws checked exceptions that it does not declare.
      Publication.throwIfEndedBySignal(e);
      throw e;
    }
  }

  private void warnOfUnknownLabels(WrittenParts written) {
    if (written.unknown() > 0) {
      console.line(
          String.format(
              Locale.ROOT,
              "warning: %,d of %,d rows have a label that %s doesn't know; the accuracy counts them as wrong",
              written.unknown(),
              written.rows(),
              model.knownRows().origin()));
    }
  }

  /** Reads the rows once if it isn't known how many they are. */
  private void survey(JavaSparkContext spark) {
    if (!rows.isSurveyed()) {
      rows =
          Sources.survey(
              spark, rows, model.knownRows().withOtherLabels(), "rows to predict", console);
      model.requireFeaturesOf(rows);
    }
  }
}
