package dev.onehot.cli;

import dev.onehot.data.mnist.MnistDownload;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fetch-mnist}: downloads and verifies MNIST. Does not start Spark. */
@Command(
    name = "fetch-mnist",
    description = {
      "Downloads the four files of MNIST and verifies their checksums.",
      "Goes through the proxies that http_proxy, https_proxy and no_proxy name."
    },
    footer = {"Example", "  ./submit.sh fetch-mnist --out data/mnist"})
@HelpGroup("Download")
final class FetchMnistCommand implements Callable<Integer> {

  private final CommandOutput output;

  @HelpGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder for the files; those already there and right are kept.")
  private Path out;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description =
          "Folder on the web to download from, may be given several times [the public mirrors in turn].")
  private List<URI> mirrors = MnistDownload.PUBLIC_MIRRORS;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "" + MnistDownload.DEFAULT_TIMEOUT_SECONDS,
      description =
          "How long a mirror may be silent [${DEFAULT-VALUE}]. A slow proxy may need more.")
  private double timeout;

  @Mixin private CommonArguments common;

  FetchMnistCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    new MnistDownload(mirrors, Duration.ofMillis((long) (timeout * 1000)), output.console()::line)
        .into(out, SparkStart.hadoop());
    output.result(
        String.format(Locale.ROOT, "%s holds MNIST: ./submit.sh train --data %s%n", out, out),
        "the files are complete: " + out);
    return 0;
  }
}
