package dev.onehot.cli;

import dev.onehot.failure.SettingNames;
import picocli.CommandLine;

/** Replaces the names of settings in messages by the options of the command line. */
final class OptionNames {

  private final CommandLine commandLine;

  /**
   * @param commandLine must have all its commands before the first message
   */
  OptionNames(CommandLine commandLine) {
    this.commandLine = commandLine;
  }

  /** The message with options in place of its marked settings. */
  String in(String message) {
    return SettingNames.replace(message, this::of);
  }

  /** The option for a setting; the setting's own name if there is no such option. */
  private String of(String setting) {
    String option = "--" + setting;
    boolean known = SparkSubmitOptions.NAMES.contains(option) || isOption(commandLine, option);
    return known ? option : setting;
  }

  private static boolean isOption(CommandLine command, String option) {
    return command.getCommandSpec().findOption(option) != null
        || command.getSubcommands().values().stream().anyMatch(sub -> isOption(sub, option));
  }
}
