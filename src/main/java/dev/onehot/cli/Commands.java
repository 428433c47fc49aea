package dev.onehot.cli;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine;

/** All commands, in the order of the help. */
final class Commands {

  private Commands() {}

  /** Adds all commands, with what they need to parse their arguments and to show their help. */
  static CommandLine add(CommandLine commandLine, CommandOutput output) {
    commandLine
        .addSubcommand(new TrainCommand(output))
        .addSubcommand(new EvaluateCommand(output))
        .addSubcommand(new PredictCommand(output))
        .addSubcommand(new ReportCommand(output))
        .addSubcommand(new ReproduceCommand(output))
        .addSubcommand(new NightlyCommand(output))
        .addSubcommand(models(output))
        .addSubcommand(new FormatsCommand(output))
        .addSubcommand(new GenerateCommand(output))
        .addSubcommand(new FetchMnistCommand(output))
        .addSubcommand(new CompletionCommand(output));
    GroupedHelp.install(commandLine);
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Path.class, PathText::argument)
        .registerConverter(Duration.class, DurationText::argument)
        .registerConverter(LocalDate.class, DateText::date)
        .registerConverter(ZoneId.class, DateText::zone);
  }

  private static CommandLine models(CommandOutput output) {
    return new CommandLine(new ModelsCommand())
        .addSubcommand(new ModelsListCommand(output))
        .addSubcommand(new ModelsShowCommand(output))
        .addSubcommand(new ModelsHistoryCommand(output))
        .addSubcommand(new ModelsPromoteCommand(output))
        .addSubcommand(new ModelsRollbackCommand(output))
        .addSubcommand(new ModelsPruneCommand(output))
        .addSubcommand(new VerifyCommand(output));
  }

  /** The words that name the command, such as {@code models verify}; null if there are none. */
  static String words(List<String> arguments, CommandLine commandLine) {
    StringBuilder words = new StringBuilder();
    CommandLine command = commandLine;
    for (String word : arguments) {
      command = command.getSubcommands().get(word);
      if (command == null) {
        break;
      }
      words.append(words.isEmpty() ? "" : " ").append(word);
    }
    return words.isEmpty() ? null : words.toString();
  }
}
