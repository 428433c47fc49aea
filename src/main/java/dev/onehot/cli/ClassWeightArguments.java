package dev.onehot.cli;

import dev.onehot.failure.Problems;
import dev.onehot.train.ClassWeights;
import picocli.CommandLine.Option;

/** How much the rows of each class count in a training. */
@HelpGroup(ClassArguments.GROUP)
final class ClassWeightArguments {

  @Option(
      names = "--class-weights",
      paramLabel = "WEIGHTS",
      description = "balanced, or name=weight,name=weight [all the same].")
  private String weights;

  /** The weights; null if all classes have the same. */
  ClassWeights weights(Problems problems) {
    return weights == null ? null : problems.collect(() -> ClassWeights.parse(weights), null);
  }
}
