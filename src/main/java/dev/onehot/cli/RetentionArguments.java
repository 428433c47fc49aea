package dev.onehot.cli;

import dev.onehot.registry.Retention;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that say which versions of a registry are kept. */
@HelpGroup(RegistryArguments.GROUP)
final class RetentionArguments {

  @Option(
      names = "--keep-promoted",
      paramLabel = "N",
      defaultValue = "" + Retention.PROMOTED,
      description = "The last N that were champion [${DEFAULT-VALUE}].")
  private int promoted;

  @Option(
      names = "--keep-refused",
      paramLabel = "N",
      defaultValue = "" + Retention.REFUSED,
      description = "The last N that never were [${DEFAULT-VALUE}].")
  private int refused;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      defaultValue = "2d",
      description = "Each that was champion since then [${DEFAULT-VALUE}].")
  private Duration grace;

  /**
   * The rules.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range
   */
  Retention retention() {
    return new Retention(promoted, refused, grace);
  }
}
