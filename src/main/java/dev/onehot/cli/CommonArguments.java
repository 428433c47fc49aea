package dev.onehot.cli;

import picocli.CommandLine.Option;

/** The options of every command. */
final class CommonArguments {

  /** Read before parsing, so that it also works if the arguments cannot be parsed. */
  static final String STACK_TRACE = "--stacktrace";

  @Option(names = STACK_TRACE, description = "Show the stack trace of a failure.")
  private boolean stackTrace;
}
