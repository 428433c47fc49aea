package dev.onehot.cli;

import dev.onehot.job.EvaluateJob;
import dev.onehot.job.EvaluationOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: measures a model on labelled rows. */
@Command(
    name = "evaluate",
    description = {
      "Measures a model on labelled rows: accuracy, log loss, precision and recall of",
      "each class, confusion matrix, calibration; perhaps against another model."
    },
    footer = {
      "./submit.sh formats lists the options for formats of rows.",
      "Example",
      "  ./submit.sh evaluate --model models/mnist --data data/mnist --out evaluation"
    })
final class EvaluateCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Mixin private ModelArguments model;

  @HelpGroup(HelpGroup.MODEL)
  @Option(
      names = "--against",
      paramLabel = "DIR",
      description = "Another model to compare it with on the same rows.")
  private Path against;

  @Mixin private InputArguments input;

  @HelpGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "New or empty directory for evaluation.json and report.html [none].")
  private Path out;

  @Mixin private CommonArguments common;
  @Spec private CommandSpec command;

  EvaluateCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    EvaluationOptions options =
        new EvaluationOptions(model.directory(), against, input.options(), out);
    // A model or rows that are missing are reported before Spark starts.
    EvaluateJob job = EvaluateJob.open(options, SparkStart.hadoop(), output.console());
    try (StartedSpark spark = SparkStart.start(command.name(), output.console())) {
      job.run(
          spark.context(), evaluated -> output.result(evaluated.summary(), "nothing was written"));
    }
    return 0;
  }
}
