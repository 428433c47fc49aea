package dev.onehot.cli;

import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.Problems;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
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
      Set.of(OPTION, "--help", "--version", CommonArguments.STACK_TRACE);

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
   * @throws InvalidSettingsException if the file cannot be read, or has a key that is no option
   */
  static SettingsFile of(CommandLine commandLine, Configuration hadoop, String... arguments) {
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
    Properties values = new Properties();
    if (location != null) {
      load(location, hadoop, values);
      refuseUnknownKeys(location, values, keys(commandLine));
    }
    return new SettingsFile(location, values, given);
  }

  private static void load(String location, Configuration hadoop, Properties values) {
    Path path;
    try {
      path = new Path(location);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingsException("%s '%s' is no path".formatted(OPTION, location), e);
    }
    try (InputStream in = Storage.of(path, hadoop).open(path)) {
      values.load(new StringReader(text(in.readAllBytes())));
    } catch (CharacterCodingException e) {
      throw new InvalidSettingsException(
          "%s %s: is not in UTF-8; save it in that encoding".formatted(OPTION, location), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidSettingsException(
          "%s %s: cannot be read (%s)".formatted(OPTION, location, Storage.reason(e, path)), e);
    }
    values.values().removeIf(value -> value.toString().isBlank());
    values.replaceAll((key, value) -> value.toString().strip());
  }

  /** UTF-8, with or without a byte order mark. */
  private static String text(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static void refuseUnknownKeys(String location, Properties values, Set<String> known) {
    Problems problems = new Problems();
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

  /** All allowed keys: the options of the commands that read a settings file. */
  static Set<String> keys(CommandLine commandLine) {
    Set<String> keys = new TreeSet<>();
    for (CommandLine command : readers(commandLine)) {
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
