package dev.onehot.cli;

import dev.onehot.failure.Problems;
import dev.onehot.math.Activation;
import dev.onehot.math.ScalingKind;
import dev.onehot.train.LeakSchedule;
import dev.onehot.train.OptimizerKind;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.TrainingOptions;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for training, except when to stop. */
@HelpGroup("Training")
final class TrainingArguments {

  @Mixin private StoppingArguments stopping;
  @Mixin private ClassWeightArguments classes;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "nesterov",
      description = "gd, nesterov or adam [${DEFAULT-VALUE}].")
  private OptimizerKind optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Step size once warmed up [1.4 with covariance].")
  private Double learningRate;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description = "Iterations to warm up [5 with covariance].")
  private Integer warmup;

  @Option(
      names = "--momentum",
      paramLabel = "SHARE",
      description = "Of nesterov; beta1 of adam [0.8 with covariance].")
  private Double momentum;

  @Option(
      names = "--l2",
      paramLabel = "LAMBDA",
      defaultValue = "" + TrainingOptions.L2,
      description = "Penalty lambda/2 * |W1|^2 [${DEFAULT-VALUE}].")
  private double l2;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      defaultValue = "relu",
      description = "relu, identity or sigmoid [${DEFAULT-VALUE}].")
  private Activation activation;

  @Option(
      names = "--leak",
      paramLabel = "N",
      description = "Iterations until the relu gate is closed [15].")
  private Integer leak;

  @Option(
      names = "--bias",
      negatable = true,
      fallbackValue = "true",
      description = "Give each class a bias [if features are shifted].")
  private Boolean bias;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + TrainingOptions.SEED,
      description = "Seed of weights and of validation rows [${DEFAULT-VALUE}].")
  private long seed;

  @Option(
      names = "--init-scale",
      paramLabel = "SIGMA",
      defaultValue = "" + TrainingOptions.INIT_SCALE,
      description = "Deviation of the initial weights [${DEFAULT-VALUE}].")
  private double initScale;

  @Option(
      names = "--precondition",
      paramLabel = "NAME",
      description = "none, variance, independent, covariance [last].")
  private Preconditioning precondition;

  @Option(
      names = "--scale",
      paramLabel = "NAME",
      description = "none, max or standard [standard; bytes: max].")
  private ScalingKind scale;

  int patience() {
    return stopping.patience();
  }

  /** The leak that was given, or the default for the warm-up. */
  private int leakFor(TrainingOptions options) {
    return leak == null ? LeakSchedule.defaultIterations(options.warmup()) : leak;
  }

  /** The options, with defaults for that number of features. All problems are reported at once. */
  TrainingOptions options(int features) {
    Preconditioning chosen =
        precondition == null ? Preconditioning.defaultFor(optimizer, features) : precondition;
    Problems problems = new Problems();
    TrainingOptions options = TrainingOptions.defaults(optimizer, chosen);
    options = stopping.set(problems, options);
    options = set(problems, options, learningRate, TrainingOptions::withLearningRate);
    options = set(problems, options, warmup, TrainingOptions::withWarmup);
    options = set(problems, options, momentum, TrainingOptions::withMomentum);
    options = set(problems, options, leakFor(options), TrainingOptions::withLeak);
    options = set(problems, options, l2, TrainingOptions::withL2);
    options = set(problems, options, activation, TrainingOptions::withActivation);
    options = set(problems, options, bias, TrainingOptions::withBias);
    options = set(problems, options, scale, TrainingOptions::withScale);
    options = set(problems, options, classes.weights(problems), TrainingOptions::withClassWeights);
    options = set(problems, options, seed, TrainingOptions::withSeed);
    options = set(problems, options, initScale, TrainingOptions::withInitScale);
    problems.throwIfAny();
    return options;
  }

  static <T> TrainingOptions set(
      Problems problems,
      TrainingOptions options,
      T value,
      BiFunction<TrainingOptions, T, TrainingOptions> wither) {
    return value == null ? options : problems.collect(() -> wither.apply(options, value), options);
  }
}
