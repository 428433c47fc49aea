package dev.onehot.cli;

import dev.onehot.registry.Registry;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The option for a registry. */
final class RegistryArguments {

  static final String GROUP = "Registry";

  @HelpGroup(RegistryArguments.GROUP)
  @Option(
      names = "--registry",
      paramLabel = "DIR",
      defaultValue = "registry",
      description = "Versions, champion, history [${DEFAULT-VALUE}].")
  private Path directory;

  Path directory() {
    return directory;
  }

  /**
   * The registry.
   *
   * @throws dev.onehot.failure.InputException if there is none
   */
  Registry open(Configuration hadoop) {
    return Registry.open(directory, hadoop);
  }
}
