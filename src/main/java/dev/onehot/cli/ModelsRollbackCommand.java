package dev.onehot.cli;

import dev.onehot.registry.Promotion;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code models rollback}: makes the champion before this one the champion again. */
@Command(
    name = "rollback",
    description = {
      "Makes the champion before this one the champion again.",
      "Given once more, it goes back one further."
    },
    footer = {"Example", "  ./submit.sh models rollback --registry models/digits"})
final class ModelsRollbackCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Mixin private RegistryArguments registry;
  @Mixin private CommonArguments common;

  ModelsRollbackCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    Promotion back = registry.open(SparkStart.hadoop()).champions().rollBack(Person.current());
    output.result(
        String.format(
            Locale.ROOT, "version %d is the champion again, %s%n", back.version(), back.why()),
        "it was rolled back");
    return 0;
  }
}
