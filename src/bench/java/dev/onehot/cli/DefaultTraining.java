package dev.onehot.cli;

import dev.onehot.data.HeldBackRows;
import dev.onehot.data.idx.IdxFiles;
import dev.onehot.data.idx.IdxSource;
import dev.onehot.data.mnist.MnistFolder;
import dev.onehot.evaluate.Evaluator;
import dev.onehot.math.LegacyNumpyRandom;
import dev.onehot.math.RoundedWeights;
import dev.onehot.math.RowBlock;
import dev.onehot.model.SoftmaxModel;
import dev.onehot.train.KernelWarmUp;
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
import picocli.CommandLine;

/**
 * What {@code train --data DIR} does with its default options, part by part, so that each can be
 * timed. It stands in this package because the defaults do.
 */
public final class DefaultTraining {

  private static final int CLASSES = 10;

  private final JavaSparkContext spark;
  private final LoadedRows training;
  private final LoadedRows test;

  private DefaultTraining(JavaSparkContext spark, LoadedRows training, LoadedRows test) {
    this.spark = spark;
    this.training = training;
    this.test = test;
  }

  /** Reads, profiles and caches a folder with MNIST's file names. */
  public static DefaultTraining load(JavaSparkContext spark, String folder) {
    MnistFolder files = MnistFolder.open(new Path(folder), spark.hadoopConfiguration());
    IdxSource training = open(spark, files.train());
    IdxSource test = open(spark, files.test());
    TrainingOptions options = options(1, training.features());
    JavaRDD<RowBlock> trainingBlocks =
        KernelWarmUp.during(blocks(spark, training), training.values(), options, CLASSES);
    return new DefaultTraining(
        spark,
        LoadedRows.load(spark, training, "training rows", trainingBlocks, CLASSES),
        LoadedRows.load(spark, test, "test rows", blocks(spark, test), CLASSES));
  }

  private static IdxSource open(JavaSparkContext spark, IdxFiles files) {
    return IdxSource.open(
        files.images(), files.labels(), CLASSES, Long.MAX_VALUE, spark.sc().hadoopConfiguration());
  }

  private static JavaRDD<RowBlock> blocks(JavaSparkContext spark, IdxSource source) {
    return source.blocks(spark, spark.defaultParallelism(), HeldBackRows.none());
  }

  /** The defaults of the command line, but for the number of iterations. */
  public TrainingOptions options(int iterations) {
    return options(iterations, training.profile().features());
  }

  private static TrainingOptions options(int iterations, int features) {
    TrainingArguments arguments = new TrainingArguments();
    new CommandLine(arguments)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs("--iterations", Integer.toString(iterations));
    return arguments.options(features);
  }

  /** Trains from the initial weights. */
  public SoftmaxModel train(int iterations, TrainingListener listener) {
    TrainingOptions options = options(iterations);
    TrainingSet set =
        new TrainingSet(
            training.blocks(),
            training.source().description(),
            training.profile().fingerprint(),
            training.profile().trainingRows(),
            0,
            CLASSES,
            training.source().values(),
            training.profile().variances(training.source().values()));
    TrainingResult result = new Trainer(options, List.of(listener)).train(spark, set);
    List<String> names = IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
    return new SoftmaxModel(
        result.weights(), result.bias(), options.activation(), set.values().scale(), names);
  }

  /** The share of test rows that the model predicts right. */
  public double testAccuracy(SoftmaxModel model) {
    return Evaluator.evaluate(model, test.blocks(), test.profile().rows(), spark).accuracy();
  }

  /** The training rows, cached. */
  public JavaRDD<RowBlock> blocks() {
    return training.blocks();
  }

  /** How many rows are trained on. */
  public long trainingRows() {
    return training.profile().trainingRows();
  }

  /** How many rows are tested on. */
  public long testRows() {
    return test.profile().rows();
  }

  /** The initial weights, as the kernels take them. */
  public RoundedWeights initialWeights() {
    TrainingOptions options = options(1);
    LegacyNumpyRandom random = new LegacyNumpyRandom(options.seed());
    double[] weights = new double[training.profile().features() * CLASSES];
    Arrays.setAll(weights, i -> options.initScale() * random.nextGaussian());
    return RoundedWeights.of(
        weights,
        training.profile().features(),
        CLASSES,
        false,
        options.activation(),
        training.source().values(),
        trainingRows());
  }

  /** Bytes of the cached training rows. */
  public long cachedBytes() {
    return training.profile().memoryBytes();
  }
}
