package dev.onehot.cli;

import dev.onehot.nightly.History;
import dev.onehot.nightly.NightRecord;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code models history}: what each run of the nightly job told of itself. */
@Command(
    name = "history",
    description = "Prints a line of JSON for each run of nightly.",
    footer = {"Example", "  ./submit.sh models history --registry models/digits"})
final class ModelsHistoryCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Mixin private RegistryArguments registry;
  @Mixin private CommonArguments common;

  ModelsHistoryCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    String lines =
        new History(registry.open(SparkStart.hadoop()).history())
            .all().stream()
                .map(NightRecord::json)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    output.result(lines, "nothing was changed");
    return 0;
  }
}
