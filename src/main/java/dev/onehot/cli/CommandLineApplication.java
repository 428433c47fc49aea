package dev.onehot.cli;

import dev.onehot.failure.OutputException;
import dev.onehot.report.Console;
import dev.onehot.report.Display;
import dev.onehot.storage.SignalWatch;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ScopeType;

/**
 * Parses arguments and settings file, runs the command, and turns its outcome into an exit code.
 */
@Command(
    name = "./submit.sh",
    description = "Distributed training of softmax regression on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpWidth = 80,
    abbreviateSynopsis = true,
    sortOptions = false)
public final class CommandLineApplication {

  private CommandLineApplication() {}

  /**
   * Runs one command.
   *
   * @param out gets results
   * @param err gets progress, warnings and failures
   * @param environment the environment variables, which say what {@code err} is
   * @return the exit code
   */
  public static int run(
      PrintStream out, PrintStream err, Map<String, String> environment, String... arguments) {
    List<String> given = List.of(arguments);
    boolean stackTrace = given.contains(CommonArguments.STACK_TRACE);
    Display terminal = TerminalVariables.display(environment);
    Display display = CommonArguments.askForQuiet(given) ? terminal.quiet() : terminal;
    CommandLine commandLine = new CommandLine(new CommandLineApplication());
    Console console = console(commandLine, err, display);
    CommandOutput output = new CommandOutput(out, console);
    Commands.add(commandLine, output);
    FailureReport failures = new FailureReport(err, stackTrace, new OptionNames(commandLine));
    commandLine
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setColorScheme(Help.defaultColorScheme(display.colours() ? Ansi.AUTO : Ansi.OFF))
        .setExecutionExceptionHandler((failure, command, result) -> failures.report(failure));
    VerdictFile verdict = VerdictFile.of(given, commandLine, SparkStart::hadoop);
    try {
      ProcessUser.logIn();
      verdict.clear();
    } catch (RuntimeException e) {
      return failures.report(e);
    }
    SignalWatch signals =
        SignalWatch.start(
            () -> tellOfSignal(console), exitCode -> verdict.leaveEndedBySignal(exitCode, output));
    try {
      int exitCode = run(commandLine, output, failures, arguments);
      return verdict.leave(exitCode, failures, output);
    } finally {
      signals.close();
    }
  }

  private static int run(
      CommandLine commandLine, CommandOutput output, FailureReport failures, String... arguments) {
    SettingsFile settings;
    try {
      settings = SettingsFile.of(commandLine, SparkStart::hadoop, arguments);
    } catch (RuntimeException e) {
      return failures.report(e);
    }
    settings.applyTo(commandLine);
    commandLine.setParameterExceptionHandler(
        (failure, args) -> ArgumentProblems.report(failure, settings, failures));
    collectErrors(commandLine);
    commandLine.setExecutionStrategy(
        result -> ArgumentProblems.executeUnless(result, settings, failures));
    try {
      int exitCode = commandLine.execute(arguments);
      if (exitCode == 0) {
        output.requireWritten("give it room");
      }
      return exitCode;
    } catch (Error | OutputException e) {
      return failures.report(e);
    }
  }

  /** All commands. */
  static CommandLine commandLine(PrintStream out, PrintStream err, Display display) {
    CommandLine commandLine = new CommandLine(new CommandLineApplication());
    return Commands.add(commandLine, new CommandOutput(out, console(commandLine, err, display)));
  }

  private static Console console(CommandLine commandLine, PrintStream err, Display display) {
    return new Console(err, display, new OptionNames(commandLine)::in);
  }

  /** The last line if a signal ends a command before its job, or after it. */
  private static void tellOfSignal(Console console) {
    if (SignalWatch.ending()) {
      console.line("onehot: ended by a signal");
    }
  }

  /** Lets all arguments be parsed, so that all problems can be said at once. */
  private static void collectErrors(CommandLine commandLine) {
    commandLine.getCommandSpec().parser().collectErrors(true);
    commandLine.getSubcommands().values().forEach(CommandLineApplication::collectErrors);
  }
}
