package dev.onehot.api;

import dev.onehot.data.vectors.LabelledVector;
import dev.onehot.data.vectors.VectorSource;
import dev.onehot.failure.UserFailure;
import dev.onehot.job.DataOptions;
import dev.onehot.job.ModelTraining;
import dev.onehot.job.Sources;
import dev.onehot.job.SparkFailure;
import dev.onehot.job.TrainedModel;
import dev.onehot.job.TrainingData;
import dev.onehot.job.TrainingJobOptions;
import dev.onehot.report.Console;
import dev.onehot.report.Warnings;
import dev.onehot.train.TrainingOptions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Trains softmax regression on the rows of an RDD, with the defaults of the command line unless
 * told otherwise:
 *
 * <pre>{@code
 * TrainingOutcome trained =
 *     new SoftmaxRegressionTrainer()
 *         .withOptions(options -> options.withIterations(50))
 *         .train(rows);
 * trained.model().score(vectors);
 * }</pre>
 *
 * <p>The same rows in the same order and the same options give the same weights, bit for bit, for
 * any partitions, cores and executors, and the same as the command line on a file of these rows.
 * {@link VectorSource} says which order that is, and what rows may hold. A trainer is immutable.
 */
public final class SoftmaxRegressionTrainer {

  private static final String JOB_DESCRIPTION = "spark.job.description";

  private final UnaryOperator<TrainingOptions> options;
  private final DataOptions data;
  private final Console console;

  /** A trainer with all defaults, which prints nothing. */
  public SoftmaxRegressionTrainer() {
    this(
        UnaryOperator.identity(),
        DataOptions.defaults(),
        new Console(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            false));
  }

  private SoftmaxRegressionTrainer(
      UnaryOperator<TrainingOptions> options, DataOptions data, Console console) {
    this.options = options;
    this.data = data;
    this.console = console;
  }

  /**
   * A trainer with other options.
   *
   * @param change gets the defaults for the rows, which depend on their number of features, and
   *     gives the options to train with. It may throw {@link
   *     dev.onehot.failure.InvalidSettingsException}, as the withers of the options do
   */
  public SoftmaxRegressionTrainer withOptions(UnaryOperator<TrainingOptions> change) {
    return new SoftmaxRegressionTrainer(change, data, console);
  }

  /**
   * A trainer that holds rows back, to validate on; 0 by default.
   *
   * @param share the approximate share of all rows, from 0 to below 1
   * @throws dev.onehot.failure.InvalidSettingsException if it is out of that range
   */
  public SoftmaxRegressionTrainer withValidationFraction(double share) {
    return new SoftmaxRegressionTrainer(options, data.withValidationFraction(share), console);
  }

  /**
   * A trainer that keeps the rows in so many partitions, which changes no bit. By default there are
   * about as many as cores, whatever the RDD has.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if the number isn't at least 1
   */
  public SoftmaxRegressionTrainer withPartitions(int count) {
    return new SoftmaxRegressionTrainer(options, data.withPartitions(count), console);
  }

  /** A trainer that shows its progress: {@code new Console(System.err, false)}. */
  public SoftmaxRegressionTrainer withConsole(Console other) {
    return new SoftmaxRegressionTrainer(options, data, other);
  }

  /**
   * Trains on all rows of an RDD. They are computed once, and stay in Spark's cache until training
   * ends, in a form of Onehot's own; the RDD itself need not be cached.
   *
   * @throws dev.onehot.failure.InputException if a row is bad, as {@link VectorSource} says; if
   *     there are no rows, fewer than 2 labels or more than 1,000; if Spark computes the RDD again
   *     and it gives other rows
   * @throws dev.onehot.failure.InvalidSettingsException if the options don't fit the rows, the
   *     memory or each other
   * @throws dev.onehot.failure.TrainingException if training diverges
   */
  public TrainingOutcome train(JavaRDD<LabelledVector> rows) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.context());
    String description = spark.getLocalProperty(JOB_DESCRIPTION);
    try {
      return train(spark, rows);
    } catch (Exception e) {
      // Scala code also throws checked exceptions that it does not declare.
      UserFailure known = SparkFailure.find(e).orElse(null);
      if (known != null) {
        throw known;
      }
      throw e;
    } finally {
      spark.setLocalProperty(JOB_DESCRIPTION, description);
    }
  }

  private TrainingOutcome train(JavaSparkContext spark, JavaRDD<LabelledVector> rows) {
    Warnings warnings = new Warnings(console);
    Sources sources =
        new Sources(VectorSource.of(rows), null).surveyed(spark, data.known(), console);
    try {
      int features = sources.training().features();
      TrainingJobOptions all =
          new TrainingJobOptions(
                  data, options.apply(TrainingOptions.defaults(features)), null, null, null)
              .decided(sources);
      ModelTraining training = new ModelTraining(spark, sources, all, console, warnings);
      try (TrainingData loaded = training.load()) {
        return outcome(training.train(loaded, null, List.of()), warnings);
      }
    } finally {
      sources.training().forget();
    }
  }

  private static TrainingOutcome outcome(TrainedModel trained, Warnings warnings) {
    return new TrainingOutcome(
        new VectorModel(trained.model()),
        trained.result().metrics(),
        trained.result().history(),
        trained.result().stopped(),
        trained.deadClasses(),
        warnings.texts());
  }
}
