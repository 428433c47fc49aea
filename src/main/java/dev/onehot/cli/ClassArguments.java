package dev.onehot.cli;

import java.util.List;
import picocli.CommandLine.Option;

/** The options for the classes of a training. */
@HelpGroup(ClassArguments.GROUP)
final class ClassArguments {

  static final String GROUP = "Classes, in train";

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Labels are 0 to N-1 [those that occur].")
  private Integer classes;

  @Option(
      names = "--class-names",
      paramLabel = "NAMES",
      split = ",",
      hideParamSyntax = true,
      description = "Names of the classes, in order, with commas [labels].")
  private List<String> classNames;

  /** C if it is given; null if not. */
  Integer classes() {
    return classes;
  }

  /** The names of the classes if they are given; null if not. */
  List<String> classNames() {
    return classNames;
  }
}
