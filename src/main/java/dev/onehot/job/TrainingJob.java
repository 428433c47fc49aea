package dev.onehot.job;

import dev.onehot.evaluate.Evaluation;
import dev.onehot.evaluate.Evaluator;
import dev.onehot.failure.TrainingException;
import dev.onehot.math.BlockKernel;
import dev.onehot.model.ModelFiles;
import dev.onehot.model.Provenance;
import dev.onehot.report.Console;
import dev.onehot.report.MetricsLog;
import dev.onehot.report.Redaction;
import dev.onehot.report.RowsProgress;
import dev.onehot.report.Warnings;
import dev.onehot.report.page.PageContent;
import dev.onehot.storage.PublishedDirectory;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One training, from opened sources to a published model directory. {@link #run} does all steps. A
 * caller can also do them one by one: each step takes the results of the steps before it.
 */
public final class TrainingJob {

  private final JavaSparkContext spark;
  private final Sources sources;
  private final TrainingJobOptions options;
  private final Console console;
  private final Warnings warnings;
  private final ModelTraining training;

  /**
   * @param sources the opened sources
   * @param console shows progress and messages for the user
   */
  public TrainingJob(
      JavaSparkContext spark, Sources sources, TrainingJobOptions options, Console console) {
    this.spark = spark;
    this.sources = sources;
    this.options = options.decided(sources);
    this.console = console;
    warnings = new Warnings(console);
    training = new ModelTraining(spark, sources, this.options, console, warnings);
  }

  /**
   * Does all steps in order.
   *
   * @throws dev.onehot.failure.UserFailure if the run fails and the user can mend the failure; then
   *     no model is published
   */
  public PublishedModel run() throws IOException {
    try (Publication publication = new Publication(console);
        TrainingClaim claim = claim()) {
      PublishedModel model =
          claim.published().isPresent() ? claim.published().get() : run(claim, publication);
      removeCheckpoints(claim);
      return model;
    } catch (Exception e) {
      // Scala code also throws checked exceptions that it does not declare.
      Publication.throwIfEndedBySignal(e);
      throw e;
    }
  }

  private PublishedModel run(TrainingClaim claim, Publication publication) {
    try (TrainingData data = load()) {
      TrainedModel trained = train(data, claim);
      Evaluation evaluation = evaluate(trained, data);
      Verdict verdict = write(data, trained, evaluation, claim);
      publication.publish(claim.output());
      return new PublishedModel(claim.directory(), verdict);
    }
  }

  /**
   * Claims the directories of a new run, or of a killed run that is resumed. The caller must close
   * the claim; otherwise a model that is not published stays under a hidden name. If the claim has
   * a {@link TrainingClaim#published} model, there is nothing left to do.
   */
  public TrainingClaim claim() throws IOException {
    return claim(RunId.next());
  }

  /**
   * The same.
   *
   * @param run the id of this run, unless it resumes a killed one
   */
  public TrainingClaim claim(RunId run) throws IOException {
    return TrainingClaim.of(run, options, sources, spark.hadoopConfiguration(), console);
  }

  /**
   * Reads, checks and caches all rows, and warns of rows that cannot be learnt from. Meanwhile a
   * warm-up makes the JVM compile the kernel.
   */
  public TrainingData load() {
    TrainingData data = training.load();
    if (data.test() == null) {
      console.line(
          data.training().profile().trainingRows() < data.training().profile().rows()
              ? "test rows: none, so the model is tested on nothing but the rows held back"
              : "test rows: none, so the model is not tested");
    }
    return data;
  }

  /**
   * Trains from the initial weights, or resumes from the newest checkpoint.
   *
   * @throws TrainingException if training diverges
   */
  public TrainedModel train(TrainingData data, TrainingClaim claim) {
    return train(data, claim, List.of());
  }

  /**
   * The same.
   *
   * @param listeners hear of every iteration, after a checkpoint was written
   */
  public TrainedModel train(
      TrainingData data, TrainingClaim claim, List<TrainingListener> listeners) {
    LoadedRows rows = data.training();
    TrainingSnapshot snapshot =
        claim.checkpoints() == null
            ? null
            : claim
                .checkpoints()
                .resume(Redaction.uris(rows.source().description()), rows.identity());
    PublishedDirectory output = claim.output();
    try (MetricsLog metrics = new MetricsLog(claim.files().open(MetricsLog.NAME))) {
      List<TrainingListener> all = new ArrayList<>(List.of(metrics));
      if (claim.checkpoints() != null) {
        all.add(claim.checkpoints().listener());
      }
      all.addAll(listeners);
      return training.train(data, snapshot, all);
    } catch (TrainingException e) {
      // A resumed run would fail in the same way.
      try {
        claim.removeCheckpoints();
      } catch (IOException failure) {
        e.addSuppressed(failure);
      }
      throw e;
    } catch (IOException e) {
      throw output.failure(e);
    } catch (UncheckedIOException e) {
      throw output.failure(e.getCause());
    }
  }

  /** Measures the model on the test rows; null if there are none. */
  public Evaluation evaluate(TrainedModel trained, TrainingData data) {
    LoadedRows test = data.test();
    if (test == null) {
      return null;
    }
    Evaluator evaluator =
        new Evaluator(
            spark,
            test.source(),
            options.data().partitions(test.source(), Cores.of(spark)),
            new RowsProgress(console, "tested", test.profile().rows()));
    Evaluation evaluation;
    try {
      evaluation = evaluator.evaluate(trained.model());
    } finally {
      console.erase();
    }
    training.about(test).useless(evaluation.accuracy()).forEach(warnings::add);
    return evaluation;
  }

  /**
   * Writes all files of the model's directory, which is still hidden.
   *
   * @param evaluation null without test rows
   */
  public Verdict write(
      TrainingData data, TrainedModel trained, Evaluation evaluation, TrainingClaim claim) {
    writeModel(data, trained, claim);
    return writeVerdict(data, trained, evaluation, claim, page -> page);
  }

  /** Writes the files that make the model. */
  public void writeModel(TrainingData data, TrainedModel trained, TrainingClaim claim) {
    try {
      ModelFiles.write(trained.model(), provenance(claim.run(), data.training()), claim.files());
    } catch (IOException e) {
      throw claim.output().failure(e);
    }
  }

  /**
   * Writes the page and, last, the verdict. The model's files must be there.
   *
   * @param evaluation null without test rows
   * @param more adds to the page
   */
  public Verdict writeVerdict(
      TrainingData data,
      TrainedModel trained,
      Evaluation evaluation,
      TrainingClaim claim,
      UnaryOperator<PageContent> more) {
    Provenance provenance = provenance(claim.run(), data.training());
    PublishedDirectory output = claim.output();
    try {
      PageContent page = TrainingPage.of(data, trained, evaluation, provenance, warnings.texts());
      ReportFile.write(more.apply(page), claim.files(), warnings::add);
    } catch (IOException e) {
      throw output.failure(e);
    }
    Verdict verdict =
        Verdict.succeeded(
            TrainingFigures.of(data, trained, evaluation, warnings.texts(), spark.master()));
    String run = verdict.json(provenance.settings(), claim.files().digests());
    output.write(Verdict.NAME, run.getBytes(StandardCharsets.UTF_8));
    return verdict;
  }

  /** What the user was warned of so far, one line each. */
  public Warnings warnings() {
    return warnings;
  }

  private Provenance provenance(RunId run, LoadedRows rows) {
    Redaction redaction =
        new Redaction(spark.getConf().get(Redaction.SPARK_SETTING, Redaction.DEFAULT_REGEX));
    Map<String, String> settings = new TreeMap<>(options.values());
    settings.replaceAll(redaction::value);
    return new Provenance(
        run.name(),
        run.started().toString(),
        Build.version(),
        Build.commit(),
        settings,
        rows.provenance(training.classNames()),
        sources.parent() == null ? null : sources.parent().provenance(),
        spark.version(),
        System.getProperty("java.runtime.version"),
        BlockKernel.description());
  }

  /**
   * Gives the model's directory its name. A caller that refuses the model closes the claim instead.
   *
   * @param verdict the result of {@link #write}
   * @throws IllegalStateException if the claim's model was published before, or the claim is closed
   */
  public PublishedModel publish(Verdict verdict, TrainingClaim claim) {
    Objects.requireNonNull(verdict, "the verdict of a model that was written");
    claim.output().publish();
    return new PublishedModel(claim.directory(), verdict);
  }

  private void removeCheckpoints(TrainingClaim claim) {
    try {
      claim.removeCheckpoints();
    } catch (IOException e) {
      console.line("warning: the model is published, but its checkpoints cannot be removed: " + e);
    }
  }
}
