package dev.onehot.job;

import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.SettingNames;
import dev.onehot.train.OptimizerKind;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.Trainer;
import dev.onehot.train.TrainingOptions;
import java.util.Locale;

/**
 * The memory that a training takes at the least. It is counted before any work is done, so that a
 * training that cannot fit is refused at once. Cached rows do not count: they spill to disk.
 *
 * @param inputs the rows of W1: features, and a bias if there is one
 * @param classes C
 * @param options how to train
 * @param momentBytes the bytes of a sum of second moments, half a matrix of inputs × inputs
 * @param partitions the parts of the rows, each of which has a gradient
 * @param tasks the tasks that run at a time
 * @param local whether they run in the driver's memory
 */
record TrainingMemory(
    long inputs,
    long classes,
    TrainingOptions options,
    long momentBytes,
    int partitions,
    long tasks,
    boolean local) {

  /**
   * The most weights: each is held some ten times in 8 bytes while it is trained, and as many bytes
   * as Java's arrays have hold a gradient.
   */
  private static final long MOST_WEIGHTS = 100_000_000;

  /** Spark and the JVM themselves. */
  static final long BASE = 100L << 20;

  /** Means, what they become in the preconditioner, a direction and its product. */
  private static final long VECTORS_OF_INDEPENDENT = 6;

  /** Spark's driver reads at least so many results at a time. */
  private static final long RESULTS_AT_A_TIME = 2;

  /** The bytes that the driver needs. */
  long bytesOfDriver() {
    return BASE + stateBytes() + Math.max(gradientBytes(), covarianceBytes());
  }

  /** The bytes that an executor needs which runs one task at a time. */
  long bytesOfExecutor() {
    // The weights as they came and as they are used, the sum, and the sum as bytes.
    return BASE + 3 * weightBytes();
  }

  /** The bytes of the gradients that the driver gets from tasks in one iteration. */
  long bytesOfResults() {
    return Trainer.bytesForDriver(inputs * classes, partitions);
  }

  private long weightBytes() {
    return inputs * classes * Double.BYTES;
  }

  /** W1, its gradient, W1 in float32 for the tasks, the optimizer's state, the best weights. */
  private long stateBytes() {
    int ofOptimizer =
        options.optimizer() == OptimizerKind.ADAM
            ? 2
            : options.optimizer() == OptimizerKind.NESTEROV ? 1 : 0;
    return (3 + ofOptimizer + (options.patience() > 0 ? 1 : 0)) * weightBytes()
        + (covariance() ? inputs * inputs * Double.BYTES : 0)
        + (independent() ? inputs * VECTORS_OF_INDEPENDENT * Double.BYTES : 0);
  }

  /** The sums of the tasks, and those that are read, as bytes and as numbers. */
  private long gradientBytes() {
    long read = 2 * Math.min(tasks, RESULTS_AT_A_TIME) * weightBytes();
    return local ? read + tasks * weightBytes() : read;
  }

  /** The sums of second moments of the tasks, or those that are read. */
  private long covarianceBytes() {
    return (covariance() ? momentBytes : 0) * (local ? tasks : Math.min(tasks, RESULTS_AT_A_TIME));
  }

  private boolean covariance() {
    return options.precondition() == Preconditioning.COVARIANCE;
  }

  private boolean independent() {
    return options.precondition() == Preconditioning.INDEPENDENT;
  }

  /**
   * Refuses a layer that is larger than any training allows.
   *
   * @param features the columns of the rows
   * @param source the rows in a few words
   * @throws InputException if it has more than 100 million weights
   */
  static void requireFewEnoughWeights(long features, long classes, String source) {
    if (features * classes > MOST_WEIGHTS) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: found %,d features and %,d classes, expected at most %,d weights of W1, not %,d; leave out features or join classes",
              source,
              features,
              classes,
              MOST_WEIGHTS,
              features * classes));
    }
  }

  /**
   * Refuses a training that does not fit.
   *
   * @param driver the most bytes of the driver's heap
   * @param executor the most bytes of an executor's heap
   * @param results the most bytes of results that Spark's driver takes; 0 for any number
   * @throws InvalidSettingsException if it needs more; the message says how much, and what to raise
   */
  void requireFit(long driver, long executor, long results) {
    if (bytesOfDriver() > driver) {
      refuse("driver", "driver-memory", bytesOfDriver(), driver);
    }
    if (!local && bytesOfExecutor() > executor) {
      refuse("executor", "executor-memory", bytesOfExecutor(), executor);
    }
    if (results > 0 && bytesOfResults() > results) {
      throw new InvalidSettingsException(
          String.format(
              Locale.ROOT,
              "spark.driver.maxResultSize is %s, but the gradients of W1 of %,d x %,d that reach the driver have %s; set it to 0, for no limit",
              megabytes(results),
              inputs,
              classes,
              megabytes(bytesOfResults())));
    }
  }

  private void refuse(String what, String setting, long needed, long there) {
    boolean independentHelps =
        covariance() && covarianceBytes() > gradientBytes() && what.equals("driver");
    throw new InvalidSettingsException(
        SettingNames.format(
            "the %s has %s of memory, but training W1 of %,d x %,d%s takes %s at the least; raise %s%s",
            what,
            megabytes(there),
            inputs,
            classes,
            local ? String.format(Locale.ROOT, " with %,d tasks at a time", tasks) : "",
            megabytes(needed),
            SettingNames.mark(setting),
            independentHelps
                ? SettingNames.format(", or give ⟨precondition⟩ independent, which takes less")
                : ""));
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MB", bytes >> 20);
  }
}
