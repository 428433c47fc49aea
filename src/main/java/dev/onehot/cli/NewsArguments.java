package dev.onehot.cli;

import dev.onehot.nightly.TextfileMetrics;
import dev.onehot.nightly.Webhook;
import java.net.URI;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The options that say who is told how a night ended. */
@HelpGroup(HelpGroup.OUTPUT)
final class NewsArguments {

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = "Figures for Prometheus' textfile collector [none].")
  private Path metrics;

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description = "Gets the verdict as JSON by POST [none].")
  private String webhook;

  /**
   * The file of metrics; null for none.
   *
   * @param registry the registry that they are about
   * @throws dev.onehot.failure.InvalidSettingsException if nobody would read such a file
   */
  Path metrics(Path registry) {
    if (metrics != null) {
      new TextfileMetrics(metrics, registry);
    }
    return metrics;
  }

  /**
   * The address of the webhook; null for none.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if it is no address
   */
  URI webhook() {
    return webhook == null ? null : Webhook.address(webhook);
  }
}
