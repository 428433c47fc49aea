package dev.onehot.cli;

import dev.onehot.failure.Problems;
import dev.onehot.train.TrainingOptions;
import picocli.CommandLine.Option;

/** The options that say when training stops. */
@HelpGroup("Stopping")
final class StoppingArguments {

  @Option(
      names = "--iterations",
      paramLabel = "N",
      defaultValue = "" + TrainingOptions.ITERATIONS,
      description = "Updates of the weights at the most [${DEFAULT-VALUE}].")
  private int iterations;

  @Option(
      names = "--tolerance",
      paramLabel = "SHARE",
      defaultValue = "" + TrainingOptions.TOLERANCE,
      description = "Stop if 10 iterations lower loss by less [${DEFAULT-VALUE}].")
  private double tolerance;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "" + TrainingOptions.PATIENCE,
      description = "Stop after N without lower validation loss [${DEFAULT-VALUE}].")
  private int patience;

  int patience() {
    return patience;
  }

  /** Sets these options, and reports the values that are out of range. */
  TrainingOptions set(Problems problems, TrainingOptions options) {
    options = TrainingArguments.set(problems, options, iterations, TrainingOptions::withIterations);
    options = TrainingArguments.set(problems, options, tolerance, TrainingOptions::withTolerance);
    return TrainingArguments.set(problems, options, patience, TrainingOptions::withPatience);
  }
}
