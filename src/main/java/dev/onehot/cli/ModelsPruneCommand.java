package dev.onehot.cli;

import dev.onehot.nightly.Pruning;
import dev.onehot.registry.Retention;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code models prune}: removes the versions that need not be kept. */
@Command(
    name = "prune",
    description = "Removes the versions that need not be kept.",
    footer = {"Example", "  ./submit.sh models prune --registry models/digits --keep-promoted 3"})
final class ModelsPruneCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Mixin private RegistryArguments registry;
  @Mixin private RetentionArguments retention;
  @Mixin private CommonArguments common;

  ModelsPruneCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    Retention kept = retention.retention();
    Configuration hadoop = SparkStart.hadoop();
    List<Integer> removed = Pruning.of(registry.open(hadoop), kept, hadoop, output.console());
    StringBuilder text = new StringBuilder();
    removed.forEach(
        version -> text.append(String.format(Locale.ROOT, "removed version %d%n", version)));
    output.result(
        removed.isEmpty() ? "nothing to remove" + System.lineSeparator() : text.toString(),
        "the versions are removed");
    return 0;
  }
}
