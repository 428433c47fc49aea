package dev.onehot.job;

import dev.onehot.data.BlockGrid;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.evaluate.Evaluator;
import dev.onehot.failure.TrainingException;
import dev.onehot.math.BlockKernel;
import dev.onehot.model.ModelFiles;
import dev.onehot.model.Provenance;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.report.Console;
import dev.onehot.report.DeadClassWarning;
import dev.onehot.report.MetricsLog;
import dev.onehot.report.Progress;
import dev.onehot.report.Redaction;
import dev.onehot.report.Warnings;
import dev.onehot.storage.PublishedDirectory;
import dev.onehot.train.Trainer;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingResult;
import dev.onehot.train.TrainingSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
  private final List<String> classNames;

  /**
   * @param sources the opened sources
   * @param console shows progress and messages for the user
   */
  public TrainingJob(
      JavaSparkContext spark, Sources sources, TrainingJobOptions options, Console console) {
    this.spark = spark;
    this.sources = sources;
    this.options = options;
    this.console = console;
    warnings = new Warnings(console);
    options.training().requireFitFor(sources.training().features());
    requireMemory();
    classNames = IntStream.range(0, options.data().classes()).mapToObj(Integer::toString).toList();
  }

  private void requireMemory() {
    int features = sources.training().features();
    int cores = Cores.of(spark);
    new TrainingMemory(
            options.training().bias() ? features + 1 : features,
            options.data().classes(),
            options.training(),
            Math.min(
                cores,
                BlockGrid.of(
                        sources.training().rows(),
                        options.data().partitions(sources.training(), cores))
                    .partitions()),
            spark.isLocal())
        .requireFit(
            Runtime.getRuntime().maxMemory(),
            spark.getConf().getSizeAsMb("spark.executor.memory", "1g") << 20);
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
    return TrainingClaim.of(options, sources.training(), spark.hadoopConfiguration(), console);
  }

  /**
   * Reads, checks and caches all rows, and warns of rows that cannot be learnt from. Meanwhile a
   * warm-up makes the JVM compile the kernel.
   */
  public TrainingData load() {
    TrainingData data = TrainingData.load(spark, sources, options, console, warnings);
    about(data.training()).ofTraining().forEach(warnings::add);
    if (data.test() != null) {
      about(data.test()).values().forEach(warnings::add);
    }
    return data;
  }

  /**
   * Trains from the initial weights, or resumes from the newest checkpoint.
   *
   * @throws TrainingException if training diverges
   */
  public TrainedModel train(TrainingData data, TrainingClaim claim) {
    console.line("kernel: " + BlockKernel.description());
    LoadedRows rows = data.training();
    TrainingSnapshot snapshot =
        claim.checkpoints() == null
            ? null
            : claim
                .checkpoints()
                .resume(Redaction.uris(rows.source().description()), rows.identity());
    DeadClassWarning deadClasses =
        new DeadClassWarning(warnings, classNames, rows.profile().classCounts());
    TrainingResult result = train(rows, snapshot, claim, deadClasses);
    SoftmaxModel model =
        new SoftmaxModel(
            result.weights(),
            result.bias(),
            options.training().activation(),
            rows.source().values().scale(),
            classNames);
    return new TrainedModel(model, result, deadClasses.ended(result.metrics()));
  }

  private TrainingResult train(
      LoadedRows rows,
      TrainingSnapshot snapshot,
      TrainingClaim claim,
      DeadClassWarning deadClasses) {
    PublishedDirectory output = claim.output();
    try (MetricsLog metrics = new MetricsLog(output.newFile(MetricsLog.NAME));
        Progress progress = new Progress(console, options.training().iterations())) {
      List<TrainingListener> listeners = new ArrayList<>();
      listeners.add(metrics);
      listeners.add(progress);
      listeners.add(deadClasses);
      if (claim.checkpoints() != null) {
        listeners.add(claim.checkpoints().listener());
      }
      Trainer trainer = new Trainer(options.training(), listeners);
      TrainingResult result =
          snapshot == null
              ? trainer.train(spark, rows.trainingSet())
              : trainer.resume(spark, rows.trainingSet(), snapshot);
      progress.ended();
      return result;
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
    spark.setJobDescription("evaluate test rows");
    Evaluation evaluation =
        Evaluator.evaluate(trained.model(), test.blocks(), test.profile().rows(), spark);
    about(test).useless(evaluation).forEach(warnings::add);
    return evaluation;
  }

  private DataWarnings about(LoadedRows rows) {
    return new DataWarnings(rows.name(), rows.profile(), classNames);
  }

  /**
   * Writes all files of the model's directory, which is still hidden.
   *
   * @param evaluation null without test rows
   */
  public Verdict write(
      TrainingData data, TrainedModel trained, Evaluation evaluation, TrainingClaim claim) {
    Provenance provenance = provenance(claim.run(), data.training());
    Verdict verdict =
        Verdict.succeeded(
            TrainingFigures.of(data, trained, evaluation, warnings.texts(), spark.master()));
    PublishedDirectory output = claim.output();
    try {
      ModelFiles.write(trained.model(), provenance, output::newFile);
    } catch (IOException e) {
      throw output.failure(e);
    }
    output.write(Verdict.NAME, verdict.json().getBytes(StandardCharsets.UTF_8));
    return verdict;
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
        rows.provenance(),
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
