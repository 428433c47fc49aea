package dev.onehot.cli;

import dev.onehot.job.ReportJob;
import dev.onehot.report.Summary;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code report}: lays several runs side by side on one page. Does not start Spark. */
@Command(
    name = "report",
    description = {
      "Lays several runs side by side on one page: their figures with the best run",
      "first, what differs in their settings and data, and their curves."
    },
    footer = {"Example", "  ./submit.sh report --runs models/a models/b --out runs.html"})
final class ReportCommand implements Callable<Integer> {

  private final CommandOutput output;

  @HelpGroup(HelpGroup.MODEL)
  @Option(
      names = "--runs",
      paramLabel = "DIR",
      arity = "1..*",
      required = true,
      description = "Directories of two models or more, as train writes them.")
  private List<Path> runs;

  @HelpGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The page to write, a new HTML file.")
  private Path out;

  @Mixin private CommonArguments common;

  ReportCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    String best =
        new ReportJob(runs, out)
            .write(SparkStart.hadoop(), warning -> output.console().line("warning: " + warning));
    output.result(
        new Summary().add("best run", "%s", best).add("page", "%s", out).toString(),
        "the page is complete: " + out);
    return 0;
  }
}
