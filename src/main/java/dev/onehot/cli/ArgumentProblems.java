package dev.onehot.cli;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Reports all that is wrong with the arguments of a command on one line. */
final class ArgumentProblems {

  private ArgumentProblems() {}

  /** Runs the command, unless something is wrong with its arguments; returns the exit code. */
  static int executeUnless(ParseResult result, SettingsFile settings, FailureReport failures) {
    ParseResult last = result;
    while (last.subcommand() != null) {
      last = last.subcommand();
    }
    if (!last.errors().isEmpty() && !last.isUsageHelpRequested()) {
      String problems =
          UsageProblem.causes(last.errors()).stream()
              .map(problem -> UsageProblem.describe(problem, settings))
              .distinct()
              .collect(Collectors.joining("; "));
      return failures.reportUsage(problems, last.commandSpec().qualifiedName());
    }
    boolean incomplete = !(last.commandSpec().userObject() instanceof Callable);
    if (incomplete && !last.isUsageHelpRequested() && !last.isVersionHelpRequested()) {
      last.commandSpec().commandLine().usage(last.commandSpec().commandLine().getErr());
      return 2;
    }
    return new CommandLine.RunLast().execute(result);
  }

  /** Reports one problem; returns the exit code. */
  static int report(ParameterException failure, SettingsFile settings, FailureReport failures) {
    return failures.reportUsage(
        UsageProblem.describe(failure, settings),
        failure.getCommandLine().getCommandSpec().qualifiedName());
  }
}
