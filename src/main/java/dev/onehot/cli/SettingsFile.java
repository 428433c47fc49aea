package dev.onehot.cli;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.Problems;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Settings from a properties file: each key is an option's name without its dashes. A value applies
 * where the command line does not give the option.
 */
final class SettingsFile {

  private static final String OPTION = "--config";

  /** Options that make sense on the command line alone. */
  private static final Set<String> NOT_KEYS =
      Set.of(
          OPTION,
          "--help",
          "--version",
          "--quiet",
          CommonArguments.VERDICT,
          CommonArguments.STACK_TRACE);

  private final String location;
  private final Properties values;
  private final Set<String> onCommandLine;

  private SettingsFile(String location, Properties values, Set<String> onCommandLine) {
    this.location = location;
    this.values = values;
    this.onCommandLine = onCommandLine;
  }

  /**
   * Reads the file that {@code --config} names. Without that option there are no settings.
   *
   * @param hadoop Hadoop's configuration, asked for only if there is a file to read
   * @throws InvalidSettingsException if the file cannot be read, or has a key that is no option, or
   *     the same key twice
   */
  static SettingsFile of(
      CommandLine commandLine, Supplier<Configuration> hadoop, String... arguments) {
    String location = null;
    Set<String> given = new TreeSet<>();
    for (int i = 0; i < arguments.length; i++) {
      String[] parts = arguments[i].split("=", 2);
      given.add(parts[0]);
      if (parts[0].equals(OPTION)) {
        location =
            parts.length == 2 ? parts[1] : i + 1 < arguments.length ? arguments[i + 1] : null;
      }
    }
    UniqueKeys values = new UniqueKeys();
    if (location != null) {
      values.read(OPTION, location, hadoop.get());
      refuseWrongKeys(location, values, keys(commandLine, arguments));
      // A key without a value leaves the default.
      values.values().removeIf(value -> value.toString().isBlank());
    }
    return new SettingsFile(location, values, given);
  }

  private static void refuseWrongKeys(String location, UniqueKeys values, Set<String> known) {
    Problems problems = new Problems();
    for (String key : values.repeated()) {
      problems.require(false, "%s: key %s stands there more than once; keep one", location, key);
    }
    for (String key : new TreeSet<>(values.stringPropertyNames())) {
      problems.require(
          known.contains(key),
          "%s: unknown key %s%s",
          location,
          key,
          NearestName.suggestion(key, known));
    }
    problems.throwIfAny();
  }

  /** All allowed keys: the options of the given command, if it reads a settings file. */
  private static Set<String> keys(CommandLine commandLine, String... arguments) {
    Set<String> keys = new TreeSet<>();
    CommandLine given = commandLine.getSubcommands().get(arguments[0]);
    for (CommandLine command : given == null ? readers(commandLine) : List.of(given)) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (!NOT_KEYS.contains(option.longestName())) {
          keys.add(key(option));
        }
      }
    }
    return keys;
  }

  /** Sets the values as defaults of the commands that read a settings file. */
  void applyTo(CommandLine commandLine) {
    for (CommandLine command : readers(commandLine)) {
      command.setDefaultValueProvider(
          argument ->
              argument instanceof OptionSpec option && !NOT_KEYS.contains(option.longestName())
                  ? values.getProperty(key(option))
                  : null);
    }
  }

  private static List<CommandLine> readers(CommandLine commandLine) {
    return commandLine.getSubcommands().values().stream()
        .filter(command -> command.getCommandSpec().findOption(OPTION) != null)
        .toList();
  }

  /** Whether an option's value comes from the file. */
  boolean supplied(OptionSpec option) {
    return values.containsKey(key(option)) && !onCommandLine.contains(option.longestName());
  }

  /** The file's name, as the user gave it. */
  String location() {
    return location;
  }

  static String key(OptionSpec option) {
    return option.longestName().substring(2);
  }
}
