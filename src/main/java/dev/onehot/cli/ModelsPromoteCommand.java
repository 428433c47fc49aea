package dev.onehot.cli;

import dev.onehot.failure.BusyException;
import dev.onehot.failure.SettingNames;
import dev.onehot.registry.Champions;
import dev.onehot.registry.Promotion;
import dev.onehot.registry.Registry;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models promote}: makes a version the champion, whatever the gate said of it. */
@Command(
    name = "promote",
    description = {
      "Makes a version the champion, whatever the gate said.",
      "If somebody else promotes at the same time, one wins and the other ends with 75."
    },
    footer = {"Example", "  ./submit.sh models promote 3 --registry models/digits"})
final class ModelsPromoteCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Parameters(paramLabel = "VERSION", description = "Its number.")
  private int version;

  @Option(
      names = "--expect",
      paramLabel = "VERSION",
      description = "Only if this one is the champion still [any].")
  private Integer expected;

  @Mixin private RegistryArguments registry;
  @Mixin private CommonArguments common;

  ModelsPromoteCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    Registry opened = registry.open(SparkStart.hadoop());
    Champions champions = opened.champions();
    int seen = champions.last();
    Optional<Promotion> before = champions.current();
    if (expected != null && !before.map(Promotion::version).equals(Optional.of(expected))) {
      throw new BusyException(
          SettingNames.format(
              "⟨expect⟩ %d: %s",
              expected,
              before
                  .map(
                      now ->
                          String.format(
                              Locale.ROOT,
                              "version %d is the champion now, promoted by %s (%s)",
                              now.version(),
                              now.by(),
                              now.promoted()))
                  .orElse("there is no champion")),
          null);
    }
    if (before.isPresent() && before.get().version() == version) {
      output.result(
          String.format(Locale.ROOT, "version %d is the champion already%n", version),
          "nothing was changed");
      return 0;
    }
    champions.promote(version, seen, Person.current(), "by hand");
    output.result(
        String.format(
            Locale.ROOT,
            "version %d is the champion%s%n",
            version,
            before
                .map(now -> String.format(Locale.ROOT, "; it was version %d", now.version()))
                .orElse("")),
        "it was promoted");
    return 0;
  }
}
