package dev.onehot.cli;

import dev.onehot.failure.InputException;
import dev.onehot.job.ModelCheck;
import dev.onehot.report.Printable;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code models verify}: compares a model's files with their SHA-256. Does not start Spark. */
@Command(
    name = "verify",
    description = {
      "Compares a model's files with the SHA-256 taken when they were written.",
      "Names each that is changed, missing or extra; ends with 3 if there is one."
    },
    footer = {"Example", "  ./submit.sh models verify models/mnist"})
final class VerifyCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Parameters(paramLabel = "DIR", description = "The model's directory.")
  private Path directory;

  @Mixin private CommonArguments common;

  VerifyCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    ModelCheck check = ModelCheck.of(directory, SparkStart.hadoop());
    if (check.findings().isEmpty()) {
      output.result(
          String.format(
              Locale.ROOT, "%s: all %d files are as they were written%n", directory, check.files()),
          "nothing was changed");
      return 0;
    }
    output.result(
        check.findings().stream()
            .map(
                finding ->
                    String.format(
                        Locale.ROOT,
                        "%-7s  %s%n",
                        finding.kind().name().toLowerCase(Locale.ROOT),
                        Printable.name(finding.file())))
            .collect(Collectors.joining()),
        "nothing was changed");
    throw new InputException(
        String.format(
            Locale.ROOT,
            "%s: %d of its files are not as they were written; use a copy that is whole, or train again",
            directory,
            check.findings().size()));
  }
}
