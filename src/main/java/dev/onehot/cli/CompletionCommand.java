package dev.onehot.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.INegatableOptionTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: prints a script for shells. Does not start Spark. */
@Command(
    name = "completion",
    description = "Prints a script that completes commands and options in bash and zsh.",
    footer = {
      "Example, for bash; for zsh write to ~/.zshrc",
      "  ./submit.sh completion >~/.onehot-completion",
      "  echo '. ~/.onehot-completion' >>~/.bashrc"
    })
final class CompletionCommand implements Callable<Integer> {

  /** Part of the names of the script's functions. */
  private static final String NAME = "onehot";

  /** Shells look a program up by its last name, wherever it lies. */
  private static final String PROGRAM = "submit.sh";

  /** The first line of the script behind picocli's own instructions. */
  private static final String START = "if [ -n \"$BASH_VERSION\" ]";

  /** What options call a value that is a path. */
  private static final Set<String> PATHS = Set.of("DIR", "FILE", "PATH");

  private final CommandOutput output;

  @Mixin private CommonArguments common;
  @Spec private CommandSpec command;

  CompletionCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    output.result(script(command.root()), "nothing was written");
    return 0;
  }

  private static String script(CommandSpec commands) {
    String script = AutoComplete.bash(NAME, new CommandLine(model(commands)));
    return "# Completes the commands and options of submit.sh in bash and zsh: source this file.\n"
        + script
            .substring(script.indexOf(START))
            .replace(
                String.format(Locale.ROOT, "-o default %1$s %1$s.sh %1$s.bash", NAME),
                "-o default " + PROGRAM);
  }

  /** The commands and options in the way in which picocli completes paths and names of values. */
  private static CommandSpec model(CommandSpec command) {
    CommandSpec model = CommandSpec.create().name(command.name());
    command.options().forEach(option -> model.addOption(model(option)));
    command.positionalParameters().forEach(argument -> model.addPositional(model(argument)));
    command
        .subcommands()
        .forEach(
            (name, subcommand) ->
                model.addSubcommand(name, new CommandLine(model(subcommand.getCommandSpec()))));
    return model;
  }

  private static OptionSpec model(OptionSpec option) {
    List<String> names = new ArrayList<>(List.of(option.names()));
    if (option.negatable()) {
      INegatableOptionTransformer negatives = option.command().negatableOptionTransformer();
      names.add(negatives.makeNegative(option.longestName(), option.command()));
    }
    OptionSpec.Builder model =
        OptionSpec.builder(names.get(0), names.subList(1, names.size()).toArray(String[]::new))
            .arity(option.arity().toString())
            .hidden(option.hidden())
            .type(type(option))
            // Becomes the name of a variable for the values.
            .paramLabel(option.longestName().substring(2));
    return option.type().isEnum()
        ? model.completionCandidates(names(option.type())).build()
        : model.build();
  }

  private static PositionalParamSpec model(PositionalParamSpec argument) {
    return PositionalParamSpec.builder()
        .index(argument.index().toString())
        .arity(argument.arity().toString())
        .hidden(argument.hidden())
        .type(type(argument))
        .paramLabel(argument.paramLabel())
        .build();
  }

  /** The type that picocli needs to know: paths, options without a value, anything else. */
  private static Class<?> type(ArgSpec argument) {
    if (argument.type() == Path.class || PATHS.contains(argument.paramLabel())) {
      return File.class;
    }
    return argument.arity().max() == 0 ? boolean.class : String.class;
  }

  /** The values of an enum as users write them. */
  private static List<String> names(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(value -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT))
        .toList();
  }
}
