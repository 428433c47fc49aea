package dev.onehot.cli;

import dev.onehot.failure.InputException;
import dev.onehot.job.ModelCheck;
import dev.onehot.nightly.RegistryCheck;
import dev.onehot.registry.Registry;
import dev.onehot.report.Printable;
import dev.onehot.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code models verify}: compares a model's files with their SHA-256. Does not start Spark. */
@Command(
    name = "verify",
    description = {
      "Compares files with the SHA-256 taken when they were written.",
      "Names each that is changed, missing or extra; ends with 3 if there is one."
    },
    footer = {"Example", "  ./submit.sh models verify models/mnist"})
final class VerifyCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "A model's directory or a registry; if none, --registry.")
  private Path directory;

  @Mixin private RegistryArguments registry;
  @Mixin private CommonArguments common;

  VerifyCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    Configuration hadoop = SparkStart.hadoop();
    if (directory == null || isRegistry(directory, hadoop)) {
      Path all = directory == null ? registry.directory() : directory;
      RegistryCheck check = RegistryCheck.of(Registry.open(all, hadoop), hadoop);
      return tell(all, check.files(), check.findings());
    }
    ModelCheck check = ModelCheck.of(directory, hadoop);
    return tell(directory, check.files(), check.findings());
  }

  private static boolean isRegistry(Path directory, Configuration hadoop) {
    try {
      return Registry.isAt(directory, Storage.of(directory, hadoop));
    } catch (IOException e) {
      // The check of a model says what is wrong.
      return false;
    }
  }

  private int tell(Path checked, int files, List<ModelCheck.Finding> findings) {
    if (findings.isEmpty()) {
      output.result(
          String.format(Locale.ROOT, "%s: all %d files are as they were written%n", checked, files),
          "nothing was changed");
      return 0;
    }
    output.result(
        findings.stream()
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
            checked,
            findings.size()));
  }
}
