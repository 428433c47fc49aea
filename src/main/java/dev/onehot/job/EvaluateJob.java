package dev.onehot.job;

import dev.onehot.data.RowSource;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.evaluate.Evaluator;
import dev.onehot.failure.InputException;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.report.Console;
import dev.onehot.report.EvaluationFile;
import dev.onehot.report.Printable;
import dev.onehot.report.RowsProgress;
import dev.onehot.storage.PublishedDirectory;
import dev.onehot.train.IterationMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures a model on labelled rows, distributed over the cluster, perhaps against another model,
 * and publishes a directory with the figures if one is wanted.
 */
public final class EvaluateJob {

  private final StoredModel model;
  private final StoredModel against;
  private RowSource rows;
  private final List<IterationMetrics> history;
  private final EvaluationOptions options;
  private final Console console;

  private EvaluateJob(
      StoredModel model,
      StoredModel against,
      RowSource rows,
      List<IterationMetrics> history,
      EvaluationOptions options,
      Console console) {
    this.model = model;
    this.against = against;
    this.rows = rows;
    this.history = history;
    this.options = options;
    this.console = console;
  }

  /**
   * Opens the models and the rows, without Spark. No rows are read yet.
   *
   * @param console shows warnings and the progress
   * @throws InputException if a model or a file of rows is missing or broken, or if they don't fit
   *     each other
   */
  public static EvaluateJob open(EvaluationOptions options, Configuration hadoop, Console console) {
    StoredModel model = StoredModel.open(options.model(), hadoop, console::line);
    StoredModel against =
        options.against() == null
            ? null
            : StoredModel.open(options.against(), hadoop, console::line);
    if (against != null) {
      requireSame("classes", model, model.model().classNames(), against, SoftmaxModel::classNames);
      requireSame("labels", model, model.model().labels(), against, SoftmaxModel::labels);
    }
    RowSource rows =
        options.input().open(model.knownRows().withOtherLabels(), true, hadoop, console::line);
    if (rows.isSurveyed()) {
      model.requireFeaturesOf(rows);
      if (against != null) {
        against.requireFeaturesOf(rows);
      }
    }
    model.requireOutside(options.out(), hadoop);
    if (against != null) {
      against.requireOutside(options.out(), hadoop);
    }
    return new EvaluateJob(
        model, against, rows, history(model, options, hadoop, console), options, console);
  }

  private static void requireSame(
      String what,
      StoredModel model,
      List<String> expected,
      StoredModel against,
      Function<SoftmaxModel, List<String>> names) {
    List<String> found = names.apply(against.model());
    int c = 0;
    while (c < Math.min(found.size(), expected.size()) && found.get(c).equals(expected.get(c))) {
      c++;
    }
    if (found.size() == expected.size() && c == found.size()) {
      return;
    }
    int shown = Math.min(c, Math.min(found.size(), expected.size()) - 1);
    throw new InputException(
        String.format(
            Locale.ROOT,
            "%s: has %d %s, such as %s, but %s has %d, such as %s; only models of the same classes can be compared",
            against.directory(),
            found.size(),
            what,
            Printable.name(found.get(shown)),
            model.directory(),
            expected.size(),
            Printable.name(expected.get(shown))));
  }

  /** The iterations of the model's training, for the page; empty if they cannot be read. */
  private static List<IterationMetrics> history(
      StoredModel model, EvaluationOptions options, Configuration hadoop, Console console) {
    if (options.out() == null) {
      return List.of();
    }
    try {
      return RecordedTraining.history(model.directory(), hadoop);
    } catch (InputException e) {
      console.line("warning: " + e.markedMessage() + "; the page will not show the training");
      return List.of();
    }
  }

  /**
   * Measures, and publishes the files.
   *
   * @param measured gets the figures as soon as they are there, before any file is written
   * @throws dev.onehot.failure.UserFailure if rows are broken or have labels that the model doesn't
   *     know, or the directory cannot be written; it may be the cause of an exception of Spark's
   */
  public void run(JavaSparkContext spark, Consumer<EvaluatedModel> measured) throws IOException {
    try (Publication publication = new Publication(console);
        PublishedDirectory directory = claim(spark)) {
      survey(spark);
      console.line(
          String.format(
              Locale.ROOT, "rows to evaluate on: %,d from %s", rows.rows(), rows.description()));
      EvaluatedModel evaluated = evaluate(spark);
      measured.accept(evaluated);
      if (directory != null) {
        write(evaluated, directory);
        publication.publish(directory);
      }
    } catch (Exception e) {
      // Scala code also throws checked exceptions that it does not declare.
      Publication.throwIfEndedBySignal(e);
      throw e;
    }
  }

  /** Reads the rows once if it isn't known how many they are. */
  private void survey(JavaSparkContext spark) {
    if (!rows.isSurveyed()) {
      rows = Sources.survey(spark, rows, model.knownRows(), "rows to evaluate on", console);
      model.requireFeaturesOf(rows);
      if (against != null) {
        against.requireFeaturesOf(rows);
      }
    }
  }

  /** Null without files to write. */
  private PublishedDirectory claim(JavaSparkContext spark) {
    return options.out() == null
        ? null
        : PublishedDirectory.claim(
            options.out(), RunId.next().name(), spark.hadoopConfiguration(), console::line);
  }

  private EvaluatedModel evaluate(JavaSparkContext spark) {
    Evaluator evaluator =
        new Evaluator(
            spark,
            rows,
            options.input().partitions(rows, Cores.of(spark)),
            new RowsProgress(console, "evaluated", rows.rows()),
            model.knownRows().origin());
    try {
      if (against == null) {
        Evaluation evaluation = evaluator.evaluate(model.model());
        return new EvaluatedModel(model, evaluation, null, null);
      }
      Evaluator.Compared compared = evaluator.compare(model.model(), against.model());
      return new EvaluatedModel(model, compared.evaluation(), against, compared.comparison());
    } finally {
      console.erase();
    }
  }

  private void write(EvaluatedModel evaluated, PublishedDirectory directory) {
    try {
      ReportFile.write(EvaluationPage.of(evaluated, rows, history), directory::newFile, this::warn);
    } catch (IOException e) {
      throw directory.failure(e);
    }
    directory.write(
        EvaluationFile.NAME,
        evaluated.file(rows.description()).json().getBytes(StandardCharsets.UTF_8));
  }

  private void warn(String text) {
    console.line("warning: " + text);
  }
}
