package dev.onehot.cli;

import dev.onehot.report.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

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
    usageHelpWidth = 100,
    abbreviateSynopsis = true,
    sortOptions = false)
public final class CommandLineApplication {

  private CommandLineApplication() {}

  /**
   * Runs one command.
   *
   * @param out gets results
   * @param err gets progress, warnings and failures
   * @param terminal whether {@code err} is a terminal
   * @return the exit code
   */
  public static int run(PrintStream out, PrintStream err, boolean terminal, String... arguments) {
    boolean stackTrace = List.of(arguments).contains(CommonArguments.STACK_TRACE);
    CommandLine commandLine = commandLine(out, err, terminal);
    FailureReport failures = new FailureReport(err, stackTrace, new OptionNames(commandLine));
    commandLine
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, CommandLineApplication::path)
        .setExecutionExceptionHandler((failure, command, result) -> failures.report(failure));
    SettingsFile settings;
    try {
      ProcessUser.logIn();
      settings = SettingsFile.of(commandLine, new Configuration(), arguments);
    } catch (RuntimeException e) {
      return failures.report(e);
    }
    settings.applyTo(commandLine);
    commandLine.setParameterExceptionHandler(
        (failure, args) -> usageFailure(failure, settings, failures));
    commandLine.setExecutionStrategy(CommandLineApplication::execute);
    try {
      return commandLine.execute(arguments);
    } catch (Error e) {
      return failures.report(e);
    }
  }

  /** All commands. */
  static CommandLine commandLine(PrintStream out, PrintStream err, boolean terminal) {
    CommandLine commandLine = new CommandLine(new CommandLineApplication());
    Console console = new Console(err, terminal, new OptionNames(commandLine)::in);
    CommandOutput output = new CommandOutput(out, console);
    return commandLine
        .addSubcommand(new TrainCommand(output))
        .addSubcommand(new GenerateCommand(output))
        .addSubcommand(new FetchMnistCommand(output));
  }

  private static Path path(String text) {
    FileNameEncoding encoding = FileNameEncoding.ofThisJvm();
    if (!encoding.holds(text)) {
      throw new TypeConversionException("'" + text + "' is garbled: " + encoding.advice());
    }
    try {
      return new Path(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is no path");
    }
  }

  private static int execute(ParseResult result) {
    if (result.subcommand() == null
        && !result.isUsageHelpRequested()
        && !result.isVersionHelpRequested()) {
      result.commandSpec().commandLine().usage(result.commandSpec().commandLine().getErr());
      return 2;
    }
    return new CommandLine.RunLast().execute(result);
  }

  private static int usageFailure(
      ParameterException failure, SettingsFile settings, FailureReport failures) {
    return failures.reportUsage(
        UsageProblem.describe(failure, settings),
        failure.getCommandLine().getCommandSpec().qualifiedName());
  }
}
