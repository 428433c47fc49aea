package dev.onehot.cli;

import dev.onehot.failure.SettingNames;
import java.util.Set;
import picocli.CommandLine;

/** What the settings that messages speak of are called on the command line. */
final class OptionNames {

  /** Options of spark-submit, which messages speak of, too. */
  private static final Set<String> OF_SPARK_SUBMIT = Set.of("--driver-memory", "--executor-memory");

  private final CommandLine commandLine;

  /**
   * @param commandLine gets its commands before the first message
   */
  OptionNames(CommandLine commandLine) {
    this.commandLine = commandLine;
  }

  /** A message with its settings as options. */
  String in(String message) {
    return SettingNames.replace(message, this::of);
  }

  /** The option of a setting; the name as it is if there is no such option. */
  private String of(String setting) {
    String option = "--" + setting;
    boolean known =
        OF_SPARK_SUBMIT.contains(option)
            || commandLine.getSubcommands().values().stream()
                .anyMatch(command -> command.getCommandSpec().findOption(option) != null);
    return known ? option : setting;
  }
}
