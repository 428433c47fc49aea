package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.ProjectHome;
import dev.onehot.report.Display;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {

  private static final int SCREEN_LINES = 42;
  private static final int SCREEN_COLUMNS = 80;
  private static final String PROGRAM = "./submit.sh ";

  private static final CommandLine ALL =
      CommandLineApplication.commandLine(System.out, System.err, Display.log());

  /** All commands, with those that a command has itself. */
  static Stream<CommandLine> commands() {
    return below(ALL);
  }

  private static Stream<CommandLine> below(CommandLine command) {
    return command.getSubcommands().values().stream()
        .flatMap(sub -> Stream.concat(Stream.of(sub), below(sub)));
  }

  static Collection<String> firstWords() {
    return ALL.getSubcommands().keySet();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theHelpOfEachCommandIsOneScreen(CommandLine command) {
    assertThat(help(command))
        .hasSizeLessThanOrEqualTo(SCREEN_LINES)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(SCREEN_COLUMNS));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theLinesOfATextAreNotBroken(CommandLine command) {
    var text = command.getCommandSpec().usageMessage();
    assertThat(help(command)).contains(text.description()).contains(text.footer());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachOptionHasALineOfItsOwn(CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      String name = option.longestName().replaceFirst("^--", "--(\\\\[no-])?");
      assertThat(help(command))
          .filteredOn(line -> line.matches("  (-\\w, )?" + name + "([ =].*)?"))
          .hasSize(GroupedHelp.isExplainedElsewhere(option) ? 0 : 1);
    }
  }

  /** A command that prints for a shell has the shell's syntax in its example. */
  @ParameterizedTest
  @MethodSource("commands")
  void theHelpEndsWithAnExampleThatIsACommand(CommandLine command) {
    boolean explainsOthers = command.getCommandSpec().name().equals("formats");
    String name = explainsOthers ? PROGRAM : command.getCommandSpec().qualifiedName() + " ";
    String example =
        help(command).stream()
            .map(String::strip)
            .filter(line -> line.startsWith(name))
            .findFirst()
            .orElseThrow();
    List<String> words =
        Arrays.asList(example.substring(PROGRAM.length()).split(" >")[0].split(" "));

    ALL.parseArgs(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("firstWords")
  void theUsagePageOfTheScriptHasEachCommand(String command) throws IOException {
    assertThat(Files.readAllLines(ProjectHome.resolve("submit.sh")))
        .anyMatch(line -> line.matches("  " + command + "  +\\w.*"));
  }

  @Test
  void theOptionsOfTrainAreInGroups() {
    List<String> help = CommandRun.of("train", "--help").out().lines().toList();

    assertThat(help)
        .containsSubsequence("Stopping", "Training", "Checkpoints", "Output", "Other")
        .anyMatch(line -> line.matches("Data +Defaults are in \\[brackets]\\."));
    assertThat(help.indexOf("  --validation-fraction=SHARE Share of rows to validate on [0.0]."))
        .isBetween(0, help.indexOf("Stopping"));
  }

  private static List<String> help(CommandLine command) {
    return command.getUsageMessage(CommandLine.Help.Ansi.OFF).lines().toList();
  }
}
