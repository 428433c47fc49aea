package dev.onehot.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The options of every command. */
final class CommonArguments {

  /** Read before parsing, so that it also works if the arguments cannot be parsed. */
  static final String STACK_TRACE = "--stacktrace";

  /** Read before parsing, because lines may be shown before. */
  private static final Set<String> QUIET = Set.of("-q", "--quiet");

  /** Read before parsing, so that wrong arguments get their verdict, too. */
  static final String VERDICT = "--verdict";

  private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

  @Option(
      names = VERDICT,
      paramLabel = "FILE",
      description = "Where to leave exit code and message as JSON.")
  private Path verdict;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only warnings and failures on stderr.")
  private boolean quiet;

  /** Whether these arguments ask for quiet. */
  static boolean askForQuiet(List<String> arguments) {
    return arguments.stream().anyMatch(QUIET::contains);
  }

  /** Whether these arguments ask for help or the version, and so for nothing to be done. */
  static boolean askForHelp(List<String> arguments) {
    return arguments.stream().anyMatch(HELP::contains);
  }

  /** The file that these arguments name for the verdict. */
  static Optional<String> verdict(List<String> arguments) {
    String file = null;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(VERDICT + "=")) {
        file = argument.substring(VERDICT.length() + 1);
      } else if (argument.equals(VERDICT) && i + 1 < arguments.size()) {
        file = arguments.get(i + 1);
      }
    }
    return Optional.ofNullable(file);
  }

  @Option(names = STACK_TRACE, description = "Show the stack trace of a failure.")
  private boolean stackTrace;
}
