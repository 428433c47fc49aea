package dev.onehot.job;

import dev.onehot.data.BlockGrid;
import dev.onehot.data.RowSource;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.failure.TrainingException;
import dev.onehot.math.BlockKernel;
import dev.onehot.math.SecondMomentSum;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.report.Console;
import dev.onehot.report.DeadClassWarning;
import dev.onehot.report.Progress;
import dev.onehot.report.Warnings;
import dev.onehot.train.Trainer;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingOptions;
import dev.onehot.train.TrainingResult;
import dev.onehot.train.TrainingSet;
import dev.onehot.train.TrainingSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Loads rows and trains a model on them. It writes nothing: that is for whoever needs the model, a
 * job or a program of somebody's own.
 */
public final class ModelTraining {

  private final JavaSparkContext spark;
  private final Sources sources;
  private final TrainingJobOptions options;
  private final Console console;
  private final Warnings warnings;
  private final List<String> classNames;

  /**
   * @param sources surveyed rows, and the model to start from
   * @param console shows progress
   * @param warnings gets what may be wrong with the rows and the training
   * @param options what they leave open is decided, see {@link TrainingJobOptions#decided}
   * @throws InvalidSettingsException if the options don't fit the rows, the memory, or the model to
   *     start from
   */
  public ModelTraining(
      JavaSparkContext spark,
      Sources sources,
      TrainingJobOptions options,
      Console console,
      Warnings warnings) {
    this.spark = spark;
    this.sources = sources;
    this.options = options.decided(sources);
    this.console = console;
    this.warnings = warnings;
    classNames = options.data().classNames(sources.training());
    options.training().requireFitFor(sources.training().features());
    requireMemory();
    requireFittingParent();
  }

  private void requireFittingParent() {
    if (sources.parent() == null) {
      return;
    }
    SoftmaxModel parent = sources.parent().model();
    sources.parent().requireClasses(options.data().labels(sources.training()), classNames);
    if (parent.hasBias() != options.training().bias()) {
      throw new InvalidSettingsException(
          SettingNames.format(
              parent.hasBias()
                  ? "⟨init-from⟩ %s: a model with a bias; give ⟨bias⟩"
                  : "⟨init-from⟩ %s: a model without a bias; leave out ⟨bias⟩",
              sources.parent().directory()));
    }
  }

  private void requireMemory() {
    RowSource rows = sources.training();
    int features = rows.features();
    int cores = Cores.of(spark);
    int partitions = BlockGrid.of(rows.rows(), options.data().partitions(rows, cores)).partitions();
    TrainingMemory.requireFewEnoughWeights(features, classNames.size(), rows.description());
    TrainingOptions training = options.training();
    int inputs = training.bias() ? features + 1 : features;
    new TrainingMemory(
            inputs,
            classNames.size(),
            training,
            SecondMomentSum.bytes(
                inputs,
                rows.values(),
                training.scale().isCentred(),
                training.classWeights() != null),
            partitions,
            Math.min(cores, partitions),
            spark.isLocal())
        .requireFit(
            Runtime.getRuntime().maxMemory(),
            spark.getConf().getSizeAsMb("spark.executor.memory", "1g") << 20,
            spark.getConf().getSizeAsBytes("spark.driver.maxResultSize", "1g"));
  }

  /** C names, in the order of the classes. */
  public List<String> classNames() {
    return classNames;
  }

  /**
   * Reads, checks and caches all rows, and warns of rows that cannot be learnt from. Meanwhile a
   * warm-up makes the JVM compile the kernel.
   */
  public TrainingData load() {
    sources.training().notes().forEach(warnings::shown);
    if (sources.test() != null) {
      sources.test().notes().forEach(warnings::shown);
    }
    TrainingData data =
        TrainingData.load(spark, sources, options, classNames.size(), console, warnings);
    about(data.training()).ofTraining().forEach(warnings::add);
    if (data.test() != null) {
      about(data.test()).values().forEach(warnings::add);
    }
    return data;
  }

  /** What may be wrong with rows. */
  DataWarnings about(LoadedRows rows) {
    return new DataWarnings(rows.name(), rows.profile(), classNames);
  }

  /**
   * Trains from the initial weights, or goes on from a snapshot.
   *
   * @param snapshot the snapshot, or null
   * @param listeners hear of every iteration, besides the progress and the warning of dead classes
   * @throws TrainingException if training diverges
   */
  public TrainedModel train(
      TrainingData data, TrainingSnapshot snapshot, List<TrainingListener> listeners) {
    LoadedRows rows = data.training();
    DeadClassWarning deadClasses =
        new DeadClassWarning(warnings, classNames, rows.profile().classCounts());
    List<TrainingListener> all = new ArrayList<>(listeners);
    console.line("kernel: " + BlockKernel.description());
    TrainingResult result;
    try (Progress progress = new Progress(console, options.training().iterations())) {
      all.add(progress);
      all.add(deadClasses);
      result = train(rows, snapshot, new Trainer(options.training(), all));
      progress.ended();
    }
    RowSource source = rows.source();
    SoftmaxModel model =
        new SoftmaxModel(
                result.weights(),
                result.bias(),
                options.training().activation(),
                rows.values().scaling(),
                classNames)
            .withLabels(options.data().labels(source))
            .withFeatureNames(source.featureNames())
            .withMissingMeans(source.means());
    return new TrainedModel(model, result, deadClasses.ended(result.metrics()));
  }

  private TrainingResult train(LoadedRows rows, TrainingSnapshot snapshot, Trainer trainer) {
    TrainingSet set = rows.trainingSet(options.training().classWeights(), classNames);
    if (snapshot != null) {
      return trainer.resume(spark, set, snapshot);
    }
    return sources.parent() == null
        ? trainer.train(spark, set)
        : trainer.train(spark, set, sources.parent().inputWeights());
  }
}
