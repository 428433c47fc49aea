package dev.onehot.cli;

import dev.onehot.failure.Problems;
import dev.onehot.math.Activation;
import dev.onehot.train.OptimizerKind;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.TrainingOptions;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** The options for training. */
final class TrainingArguments {

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "" + TrainingOptions.ITERATIONS,
      description = "Updates of the weights at the most (default: ${DEFAULT-VALUE}).")
  private int iterations;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "nesterov",
      description = "gd, nesterov or adam (default: ${DEFAULT-VALUE}).")
  private OptimizerKind optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description =
          "Step size once warmed up (default with covariance: 1.4, halved whenever the loss rises;"
              + " otherwise 0.2 for nesterov, or 0.5 without preconditioning; 0.1 for gd; 0.01 for"
              + " adam).")
  private Double learningRate;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description =
          "Iterations of the rate's linear warm-up (default: 5 with covariance, otherwise 30).")
  private Integer warmup;

  @Option(
      names = "--momentum",
      paramLabel = "SHARE",
      description =
          "Momentum of nesterov, beta1 of adam (default: 0.8 for nesterov with"
              + " covariance, otherwise 0.9).")
  private Double momentum;

  @Option(
      names = "--l2",
      paramLabel = "LAMBDA",
      defaultValue = "" + TrainingOptions.L2,
      description = "Penalty lambda/2 * |W1|^2 on the weights (default: ${DEFAULT-VALUE}).")
  private double l2;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      defaultValue = "relu",
      description =
          "relu, identity or sigmoid, between logits and softmax (default: ${DEFAULT-VALUE}).")
  private Activation activation;

  @Option(
      names = "--bias",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description = "Give each class a bias, kept in b1.npy (default: ${DEFAULT-VALUE}).")
  private boolean bias;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + TrainingOptions.SEED,
      description =
          "Seed of NumPy's generator for the initial weights, and of the choice of validation rows"
              + " (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--init-scale",
      paramLabel = "SIGMA",
      defaultValue = "" + TrainingOptions.INIT_SCALE,
      description = "Standard deviation of the initial weights (default: ${DEFAULT-VALUE}).")
  private double initScale;

  @Option(
      names = "--precondition",
      paramLabel = "NAME",
      description =
          "none, or variance: scale the gradient by 1/(variance + l2 + 0.01) of each feature, or"
              + " covariance: multiply it by the inverse of the features' second moments (default:"
              + " covariance, but variance for adam and above 2048 features).")
  private Preconditioning precondition;

  @Option(
      names = "--tolerance",
      paramLabel = "SHARE",
      defaultValue = "" + TrainingOptions.TOLERANCE,
      description =
          "Stop when the loss falls by less than this share in 10 iterations; 0: never (default:"
              + " ${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "" + TrainingOptions.PATIENCE,
      description =
          "Stop after N iterations without a lower validation loss and keep the best weights; 0:"
              + " never; needs --validation-fraction (default: ${DEFAULT-VALUE}).")
  private int patience;

  int patience() {
    return patience;
  }

  /** The options, with defaults for that number of features. All problems are reported at once. */
  TrainingOptions options(int features) {
    Preconditioning chosen =
        precondition == null ? Preconditioning.defaultFor(optimizer, features) : precondition;
    Problems problems = new Problems();
    TrainingOptions options = TrainingOptions.defaults(optimizer, chosen);
    options = set(problems, options, iterations, TrainingOptions::withIterations);
    options = set(problems, options, learningRate, TrainingOptions::withLearningRate);
    options = set(problems, options, warmup, TrainingOptions::withWarmup);
    options = set(problems, options, momentum, TrainingOptions::withMomentum);
    options = set(problems, options, l2, TrainingOptions::withL2);
    options = set(problems, options, activation, TrainingOptions::withActivation);
    options = set(problems, options, bias, TrainingOptions::withBias);
    options = set(problems, options, seed, TrainingOptions::withSeed);
    options = set(problems, options, initScale, TrainingOptions::withInitScale);
    options = set(problems, options, tolerance, TrainingOptions::withTolerance);
    options = set(problems, options, patience, TrainingOptions::withPatience);
    problems.throwIfAny();
    return options;
  }

  private static <T> TrainingOptions set(
      Problems problems,
      TrainingOptions options,
      T value,
      BiFunction<TrainingOptions, T, TrainingOptions> wither) {
    return value == null ? options : problems.collect(() -> wither.apply(options, value), options);
  }
}
