package dev.onehot.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The options in a command's help, in groups and close together, so that they fit a screen. */
final class GroupedHelp implements IHelpSectionRenderer {

  private static final String OTHERS = "Other";
  private static final int INDENT = 2;

  /** Room for the longest option and its value. */
  private static final int OPTION_WIDTH = 30;

  /** Options of nightly that the help of train explains, or that only its settings file does. */
  private static final Set<Class<?>> NOT_OF_NIGHTLY =
      Set.of(
          DataArguments.class,
          TrainingArguments.class,
          StoppingArguments.class,
          DriftArguments.class);

  /** Options that the help of formats explains, of whatever command they are. */
  private static final Set<Class<?>> OF_FORMATS =
      Set.of(FormatArguments.class, ClassArguments.class, ClassWeightArguments.class);

  /** Makes a command's help, and that of its subcommands, look like this. */
  static void install(CommandLine command) {
    command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new GroupedHelp());
    command.getSubcommands().values().forEach(GroupedHelp::install);
  }

  @Override
  public String render(Help help) {
    Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
    List<OptionSpec> others = new ArrayList<>();
    for (OptionSpec option : help.commandSpec().options()) {
      if (!option.hidden() && !isExplainedElsewhere(option)) {
        String heading = heading(option);
        (heading == null ? others : groups.computeIfAbsent(heading, h -> new ArrayList<>()))
            .add(option);
      }
    }
    groups.put(OTHERS, others);
    StringBuilder text = new StringBuilder();
    String note = hasDefaults(help.commandSpec()) ? "Defaults are in [brackets]." : "";
    for (var group : groups.entrySet()) {
      String padding = note.isEmpty() ? "" : " ".repeat(OPTION_WIDTH - group.getKey().length());
      text.append(help.colorScheme().text("@|bold " + group.getKey() + "|@" + padding + note))
          .append(System.lineSeparator())
          .append(table(help, group.getValue()));
      note = "";
    }
    return text.toString();
  }

  /** Whether the help of another command explains an option of this one. */
  static boolean isExplainedElsewhere(OptionSpec option) {
    if (!(option.userObject() instanceof Field field)) {
      return false;
    }
    Object command = option.command().userObject();
    return OF_FORMATS.contains(field.getDeclaringClass())
        ? !(command instanceof FormatsCommand)
        : NOT_OF_NIGHTLY.contains(field.getDeclaringClass()) && !(command instanceof TrainCommand);
  }

  private static boolean hasDefaults(CommandSpec command) {
    return command.options().stream()
        .anyMatch(option -> String.join("", option.description()).contains("["));
  }

  private static String heading(OptionSpec option) {
    if (option.userObject() instanceof Field field) {
      HelpGroup own = field.getAnnotation(HelpGroup.class);
      HelpGroup all = field.getDeclaringClass().getAnnotation(HelpGroup.class);
      return own != null ? own.value() : all != null ? all.value() : null;
    }
    return null;
  }

  private static TextTable table(Help help, List<OptionSpec> options) {
    int width = help.commandSpec().usageMessage().width();
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(OPTION_WIDTH, INDENT, Overflow.SPAN),
            new Column(width - OPTION_WIDTH, 0, Overflow.WRAP));
    table.indentWrappedLines = INDENT;
    for (OptionSpec option : options) {
      table.addRowValues(
          usage(help, option), help.colorScheme().text(String.join(" ", option.description())));
    }
    return table;
  }

  /** Such as {@code -q, --quiet} or {@code --out=DIR}. */
  private static Text usage(Help help, OptionSpec option) {
    CommandSpec command = option.command();
    List<String> names = new ArrayList<>();
    for (String name : option.names()) {
      names.add(
          option.negatable()
              ? command.negatableOptionTransformer().makeSynopsis(name, command)
              : name);
    }
    return help.colorScheme()
        .optionText(String.join(", ", names))
        .concat(
            help.parameterLabelRenderer()
                .renderParameterLabel(
                    option, help.colorScheme().ansi(), help.colorScheme().optionParamStyles()));
  }
}
