package dev.onehot.cli;

import dev.onehot.job.PeakMemory;
import dev.onehot.job.PredictJob;
import dev.onehot.job.PredictionFigures;
import dev.onehot.job.PredictionOptions;
import dev.onehot.predict.FileFormat;
import dev.onehot.predict.FileOptions;
import dev.onehot.report.Summary;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code predict}: scores rows with a model and publishes the predictions. */
@Command(
    name = "predict",
    description = {
      "Writes label and probability of each row into text files of a new directory.",
      "The files part-00000… hold the rows in the order of the input, counted from 0."
    },
    footer = {
      "./submit.sh formats lists the options for formats of rows.",
      "Example",
      "  ./submit.sh predict --model models/mnist --data data/mnist --out predictions"
    })
final class PredictCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Mixin private ModelArguments model;

  @Mixin private InputArguments input;

  @HelpGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description =
          "New or empty directory for the files. On a cluster every machine must reach it.")
  private Path out;

  @HelpGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--out-format",
      paramLabel = "FORMAT",
      description =
          "csv, with a header in each file, or jsonl, JSON Lines with the same names (default:"
              + " csv). The names: row,label,probability, and actual where rows have labels.")
  private FileFormat format = FileOptions.FORMAT;

  @HelpGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--probabilities",
      description = "Also the probability of each class, p_0,p_1… by the names of the classes.")
  private boolean probabilities;

  @HelpGroup(HelpGroup.OUTPUT)
  @Option(names = "--gzip", description = "Compress each file, and name it .gz.")
  private boolean gzip;

  @Mixin private CommonArguments common;
  @Spec private CommandSpec command;

  PredictCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    FileOptions files = new FileOptions(format, gzip, probabilities);
    PredictionOptions options =
        new PredictionOptions(model.directory(), input.options(), out, files);
    // A model or rows that are missing are reported before Spark starts.
    PredictJob job = PredictJob.open(options, SparkStart.hadoop(), output.console());
    try (StartedSpark spark = SparkStart.start(command.name(), output.console())) {
      PredictionFigures figures = job.run(spark.context());
      output.result(summary(figures), "the predictions are complete: " + out);
    }
    return 0;
  }

  private String summary(PredictionFigures figures) {
    Summary summary = new Summary();
    summary.add("rows", "%,d", figures.rows());
    figures.accuracy().ifPresent(share -> summary.add("accuracy", "%.4f", share));
    summary.addSize(figures.bytes(), figures.files());
    summary.add(
        "time", "%.1f s, %,.0f rows/s", figures.seconds(), figures.rows() / figures.seconds());
    summary.add(
        "spent in",
        "reading %.0f %%, scoring %.0f %%, writing %.0f %%",
        100 * figures.reading(),
        100 * figures.scoring(),
        100 * figures.writing());
    summary.add("peak memory", "%.1f MB (the driver's process)", PeakMemory.bytes() / 1e6);
    summary.add("directory", "%s", out);
    return summary.toString();
  }
}
