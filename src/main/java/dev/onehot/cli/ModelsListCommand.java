package dev.onehot.cli;

import dev.onehot.nightly.VersionTable;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code models list}: the versions of a registry. */
@Command(
    name = "list",
    description = "Lists the versions, and which one is the champion.",
    footer = {"Example", "  ./submit.sh models list --registry models/digits"})
final class ModelsListCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Mixin private RegistryArguments registry;
  @Mixin private CommonArguments common;

  ModelsListCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    var hadoop = SparkStart.hadoop();
    output.result(VersionTable.of(registry.open(hadoop), hadoop).list(), "nothing was changed");
    return 0;
  }
}
