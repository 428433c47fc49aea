package dev.onehot.cli;

import dev.onehot.nightly.VersionTable;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code models show}: one version of a registry. */
@Command(
    name = "show",
    description = "Shows a version: directory, verdict, when it was champion.",
    footer = {"Example", "  ./submit.sh models show 3 --registry models/digits"})
final class ModelsShowCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Parameters(
      paramLabel = "VERSION",
      arity = "0..1",
      description = "Its number; the champion without one.")
  private Integer version;

  @Mixin private RegistryArguments registry;
  @Mixin private CommonArguments common;

  ModelsShowCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    var hadoop = SparkStart.hadoop();
    VersionTable versions = VersionTable.of(registry.open(hadoop), hadoop);
    output.result(versions.show(version), "nothing was changed");
    return 0;
  }
}
