package dev.onehot.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options of every command. */
final class CommonArguments {

  /** Read before parsing, so that it also works if the arguments cannot be parsed. */
  static final String STACK_TRACE = "--stacktrace";

  /** Read before parsing, because lines may be shown before. */
  private static final Set<String> QUIET = Set.of("-q", "--quiet");

  @Option(
      names = {"-q", "--quiet"},
      description = "Only warnings and failures on stderr.")
  private boolean quiet;

  /** Whether these arguments ask for quiet. */
  static boolean askForQuiet(List<String> arguments) {
    return arguments.stream().anyMatch(QUIET::contains);
  }

  @Option(names = STACK_TRACE, description = "Show the stack trace of a failure.")
  private boolean stackTrace;
}
