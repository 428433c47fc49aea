package dev.onehot.bench;

import dev.onehot.evaluate.Evaluator;
import dev.onehot.job.DataOptions;
import dev.onehot.job.LoadedRows;
import dev.onehot.job.Sources;
import dev.onehot.job.TrainingData;
import dev.onehot.job.TrainingJob;
import dev.onehot.job.TrainingJobOptions;
import dev.onehot.math.LegacyNumpyRandom;
import dev.onehot.math.RoundedWeights;
import dev.onehot.math.RowBlock;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.report.Console;
import dev.onehot.train.Trainer;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingOptions;
import dev.onehot.train.TrainingResult;
import dev.onehot.train.TrainingSet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** What {@code train --data DIR} does by default, part by part, so that each can be timed. */
final class DefaultTraining {

  private final JavaSparkContext spark;
  private final LoadedRows training;
  private final LoadedRows test;

  private DefaultTraining(JavaSparkContext spark, TrainingData data) {
    this.spark = spark;
    training = data.training();
    test = data.test();
  }

  /** Reads, profiles and caches a folder with MNIST's file names. */
  static DefaultTraining load(JavaSparkContext spark, String folder) {
    DataOptions data =
        DataOptions.defaults()
            .withData(new Path(folder))
            .withPartitions(spark.defaultParallelism());
    Sources sources = Sources.open(data, spark.hadoopConfiguration());
    TrainingJobOptions options =
        TrainingJobOptions.defaults(sources.training().features()).withData(data);
    Console console = new Console(System.err, false);
    return new DefaultTraining(spark, new TrainingJob(spark, sources, options, console).load());
  }

  /** The defaults, but for the number of iterations. */
  TrainingOptions options(int iterations) {
    return TrainingOptions.defaults(training.profile().features()).withIterations(iterations);
  }

  /** Trains from the initial weights. */
  SoftmaxModel train(int iterations, TrainingListener listener) {
    TrainingOptions options = options(iterations);
    TrainingSet set = training.trainingSet(null, List.of());
    TrainingResult result = new Trainer(options, List.of(listener)).train(spark, set);
    List<String> names = IntStream.range(0, set.classes()).mapToObj(Integer::toString).toList();
    return new SoftmaxModel(
        result.weights(),
        result.bias(),
        options.activation(),
        set.values().scaling().scale(0),
        names);
  }

  /** The share of test rows that the model predicts right. */
  double testAccuracy(SoftmaxModel model) {
    return new Evaluator(spark, test.source(), spark.defaultParallelism(), rows -> {})
        .evaluate(model)
        .accuracy();
  }

  /** The training rows, cached. */
  JavaRDD<RowBlock> blocks() {
    return training.blocks();
  }

  /** How many rows are trained on. */
  long trainingRows() {
    return training.profile().trainingRows();
  }

  /** How many rows are tested on. */
  long testRows() {
    return test.profile().rows();
  }

  /** The initial weights, as the kernels take them. */
  RoundedWeights initialWeights() {
    TrainingOptions options = options(1);
    TrainingSet set = training.trainingSet(null, List.of());
    LegacyNumpyRandom random = new LegacyNumpyRandom(options.seed());
    double[] weights = new double[set.features() * set.classes()];
    Arrays.setAll(weights, i -> options.initScale() * random.nextGaussian());
    return RoundedWeights.of(
        weights,
        set.features(),
        set.classes(),
        false,
        options.activation(),
        set.values(),
        trainingRows());
  }

  /** Bytes of the cached training rows. */
  long cachedBytes() {
    return training.profile().memoryBytes();
  }
}
