package dev.onehot.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Describes on one line what is wrong with the arguments, and suggests the name that was probably
 * meant.
 */
final class UsageProblem {

  /** The values of an enum, in picocli's words. Users write them in lower case. */
  private static final Pattern CHOICE =
      Pattern.compile("expected one of \\[([^]]*)] \\(case-insensitive\\) but was");

  private UsageProblem() {}

  /**
   * The problems without those that only follow from another one: an argument whose value cannot be
   * read is missing then for picocli, and its text is left over.
   */
  static List<ParameterException> causes(List<Exception> errors) {
    List<ParameterException> all = errors.stream().map(ParameterException.class::cast).toList();
    List<ParameterException> unread =
        all.stream()
            .filter(error -> error.getArgSpec() instanceof PositionalParamSpec)
            .filter(error -> !(error instanceof MissingParameterException))
            .toList();
    return all.stream()
        .filter(error -> unread.stream().noneMatch(cause -> follows(error, cause)))
        .toList();
  }

  private static boolean follows(ParameterException error, ParameterException cause) {
    if (error instanceof MissingParameterException missing) {
      return missing.getMissing().contains(cause.getArgSpec());
    }
    return error instanceof UnmatchedArgumentException left
        && left.getUnmatched().equals(List.of(String.valueOf(cause.getValue())));
  }

  static String describe(ParameterException failure, SettingsFile settings) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched);
    }
    String message =
        failure
            .getMessage()
            .replaceFirst("is not a double$", "is not a number")
            .replaceFirst("is not a boolean$", "is neither true nor false")
            .replaceFirst("is not an? (int|long)$", "is not a whole number");
    Matcher choice = CHOICE.matcher(message);
    if (choice.find()) {
      String values = choice.group(1).toLowerCase(Locale.ROOT).replaceFirst(", (\\w+)$", " or $1");
      message = choice.replaceFirst(Matcher.quoteReplacement("expected " + values + " but was"));
    }
    if (failure.getArgSpec() instanceof OptionSpec option && settings.supplied(option)) {
      return message + " (in " + settings.location() + ")";
    }
    return message;
  }

  private static String unknown(UnmatchedArgumentException failure) {
    String argument = failure.getUnmatched().get(0);
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    Optional<String> misplaced = SparkSubmitOptions.misplaced(argument, command.name());
    if (misplaced.isPresent()) {
      return misplaced.get();
    }
    boolean option = argument.startsWith("-");
    List<String> known =
        option
            ? command.options().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !name.startsWith("--no-"))
                .toList()
            : command.subcommands().values().stream().map(CommandLine::getCommandName).toList();
    String name = argument.split("=", 2)[0];
    String what = option ? "option" : command.subcommands().isEmpty() ? "argument" : "command";
    String answer =
        option && !command.subcommands().isEmpty()
            ? "; a command goes first, such as ./submit.sh train " + argument
            : NearestName.suggestion(name, known);
    return String.format(Locale.ROOT, "unknown %s %s%s", what, name, answer);
  }
}
