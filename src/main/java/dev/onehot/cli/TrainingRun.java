package dev.onehot.cli;

import dev.onehot.checkpoint.Checkpoints;
import dev.onehot.data.DataProfile;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.RowSource;
import dev.onehot.evaluate.Evaluation;
import dev.onehot.evaluate.Evaluator;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.TrainingException;
import dev.onehot.math.BlockKernel;
import dev.onehot.math.RowBlock;
import dev.onehot.model.ModelFiles;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.report.Console;
import dev.onehot.report.DeadClassWarning;
import dev.onehot.report.MetricsLog;
import dev.onehot.report.Progress;
import dev.onehot.report.Redaction;
import dev.onehot.report.Verdict;
import dev.onehot.storage.PublishedDirectory;
import dev.onehot.train.KernelWarmUp;
import dev.onehot.train.Trainer;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingOptions;
import dev.onehot.train.TrainingResult;
import dev.onehot.train.TrainingSet;
import dev.onehot.train.TrainingSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** One training from opened sources to a published model directory. */
final class TrainingRun {

  private final JavaSparkContext spark;
  private final Console console;
  private final TrainingOptions options;
  private final int classes;
  private final ToIntFunction<RowSource> partitions;
  private final Checkpoints checkpoints;
  private final List<String> classNames;

  /**
   * @param checkpoints that the training is resumed from and writes; null for none
   */
  TrainingRun(
      JavaSparkContext spark,
      Console console,
      TrainingOptions options,
      int classes,
      ToIntFunction<RowSource> partitions,
      Checkpoints checkpoints) {
    this.spark = spark;
    this.console = console;
    this.options = options;
    this.classes = classes;
    this.partitions = partitions;
    this.checkpoints = checkpoints;
    classNames = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  /**
   * Runs it.
   *
   * @param testRows null for no test
   * @param provenance what is known so far of where the model comes from
   * @param directory gets all files, and is published
   */
  Verdict run(
      RowSource trainingRows,
      RowSource testRows,
      HeldBackRows heldBack,
      Map<String, Object> provenance,
      PublishedDirectory directory) {
    long start = System.nanoTime();
    LoadedRows training =
        load(
            trainingRows,
            "training rows",
            KernelWarmUp.during(
                trainingRows.blocks(
                    spark, partitions.applyAsInt(trainingRows), heldBack, console::line),
                trainingRows.values(),
                options,
                classes));
    LoadedRows test =
        testRows == null
            ? null
            : load(
                testRows,
                "test rows",
                testRows.blocks(spark, partitions.applyAsInt(testRows), HeldBackRows.none()));
    double secondsLoading = (System.nanoTime() - start) / 1e9;
    if (training.profile().trainingRows() == 0) {
      throw new InvalidSettingsException(
          "--validation-fraction %s holds back all %d rows; lower it"
              .formatted(heldBack.fraction(), training.profile().rows()));
    }
    console.line("kernel: " + BlockKernel.description());

    TrainingSnapshot snapshot =
        checkpoints == null
            ? null
            : checkpoints.resume(
                Redaction.uris(trainingRows.description()), RunSettings.of(training.profile()));
    TrainingResult result = train(training, snapshot, directory);
    SoftmaxModel model =
        new SoftmaxModel(
            result.weights(),
            result.bias(),
            options.activation(),
            trainingRows.values().scale(),
            classNames);
    spark.setJobDescription("evaluate test rows");
    Evaluation evaluation =
        test == null
            ? null
            : Evaluator.evaluate(model, test.blocks(), test.profile().rows(), spark);

    Map<String, Object> completed = new LinkedHashMap<>(provenance);
    completed.put("data", describe(training));
    completed.put("spark", spark.version());
    completed.put("java", System.getProperty("java.runtime.version"));
    completed.put("kernel", BlockKernel.description());
    ModelFiles.encode(model, completed).forEach(directory::write);
    Verdict verdict = verdict(result, model, evaluation, training, secondsLoading);
    directory.write(Verdict.NAME, verdict.json().getBytes(StandardCharsets.UTF_8));
    directory.publish();
    return verdict;
  }

  private LoadedRows load(RowSource source, String name, JavaRDD<RowBlock> blocks) {
    String size =
        source
            .pictures()
            .map("%s pixels"::formatted)
            .orElseGet(() -> "%,d features".formatted(source.features()));
    console.line(
        "%s: %,d of %s from %s".formatted(name, source.rows(), size, source.description()));
    LoadedRows rows = LoadedRows.load(spark, source, name, blocks, classes);
    CachedBlocks cached = rows.cached(spark);
    if (cached.spilled()) {
      console.line(cached.spillWarning(name, spark.isLocal()));
    }
    return rows;
  }

  private TrainingResult train(
      LoadedRows rows, TrainingSnapshot snapshot, PublishedDirectory directory) {
    DataProfile profile = rows.profile();
    TrainingSet set =
        new TrainingSet(
            rows.blocks(),
            rows.source().description(),
            profile.fingerprint(),
            profile.trainingRows(),
            profile.rows() - profile.trainingRows(),
            classes,
            rows.source().values(),
            profile.variances(rows.source().values()));
    try (MetricsLog metrics = new MetricsLog(directory.newFile(MetricsLog.NAME))) {
      List<TrainingListener> listeners = new ArrayList<>();
      listeners.add(metrics);
      listeners.add(new Progress(console, options.iterations()));
      listeners.add(new DeadClassWarning(console, classNames));
      if (checkpoints != null) {
        listeners.add(checkpoints.listener());
      }
      Trainer trainer = new Trainer(options, listeners);
      return snapshot == null ? trainer.train(spark, set) : trainer.resume(spark, set, snapshot);
    } catch (TrainingException e) {
      // It would end the same way again.
      clearCheckpoints(e);
      throw e;
    } catch (IOException e) {
      throw directory.failure(e);
    } catch (UncheckedIOException e) {
      throw directory.failure(e.getCause());
    } finally {
      console.settle();
    }
  }

  private void clearCheckpoints(TrainingException failure) {
    if (checkpoints != null) {
      try {
        checkpoints.clear();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private static Map<String, Object> describe(LoadedRows rows) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("source", Redaction.uris(rows.source().description()));
    data.put("files", rows.source().files().stream().map(Redaction::uris).toList());
    data.put("rows", rows.profile().rows());
    data.put("trainingRows", rows.profile().trainingRows());
    rows.source()
        .pictures()
        .ifPresent(
            size -> {
              data.put("height", size.height());
              data.put("width", size.width());
            });
    data.put("fingerprint", "%016x".formatted(rows.profile().fingerprint()));
    return data;
  }

  private Verdict verdict(
      TrainingResult result,
      SoftmaxModel model,
      Evaluation test,
      LoadedRows training,
      double secondsLoading) {
    long sinceStart =
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    return new Verdict(
        Verdict.SUCCEEDED,
        0,
        result.iterations(),
        result.stopped(),
        result.metrics().loss(),
        result.metrics().accuracy(),
        test == null ? null : test.loss(),
        test == null ? null : test.accuracy(),
        model.w1Sha256(),
        DeadClassWarning.deadClasses(result.metrics(), classNames),
        sinceStart / 1000.0,
        secondsLoading,
        result.medianMilliseconds() / 1000,
        training.profile().memoryBytes(),
        PeakMemory.bytes(),
        training.profile().trainingRows(),
        BlockKernel.description(),
        Redaction.uris(spark.master()));
  }
}
