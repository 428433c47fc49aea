package dev.onehot.cli;

import dev.onehot.checkpoint.CheckpointOptions;
import dev.onehot.failure.Problems;
import dev.onehot.job.DataOptions;
import dev.onehot.job.PublishedModel;
import dev.onehot.job.Sources;
import dev.onehot.job.TrainingJob;
import dev.onehot.job.TrainingJobOptions;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.TrainingOptions;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: loads rows, trains a model, tests it and publishes it. */
@Command(
    name = "train",
    description = "Trains a model into a new directory; without data, on generated digits.",
    footer = {
      "Formats of rows, and classes: ./submit.sh formats. More: conf/onehot.properties.",
      "Example",
      "  ./submit.sh train --data data/mnist --out models/mnist"
    })
final class TrainCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Mixin private DataArguments data;
  @Mixin private TrainingArguments training;

  @HelpGroup("Training")
  @Option(
      names = "--init-from",
      paramLabel = "MODEL",
      description = "Model of that shape to start from [random].")
  private Path initFrom;

  @Mixin private CheckpointArguments checkpointing;

  @HelpGroup(HelpGroup.OUTPUT)
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "New or empty directory [models/<run id>].")
  private Path out;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings: keys are options without dashes.")
  private String config;

  @Mixin private CommonArguments common;
  @Spec private CommandSpec command;

  TrainCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    // Invalid options and missing input are reported before Spark starts.
    TrainingJobOptions preferred = options(1);
    Sources opened = Sources.open(preferred, SparkStart.hadoop(), output.console()::line);
    try (StartedSpark started = SparkStart.start(command.name(), output.console())) {
      JavaSparkContext spark = started.context();
      Sources sources = opened.surveyed(spark, preferred.data().known(), output.console());
      TrainingJobOptions options = options(sources.training().features());
      noteOther(preferred, options, sources.training().features());
      PublishedModel model = new TrainingJob(spark, sources, options, output.console()).run();
      output.model().set(model.directory());
      output.result(
          model.verdict().summary(model.directory().toString()),
          "the model is complete: " + model.directory());
      return model.verdict().exitCode();
    }
  }

  private void noteOther(TrainingJobOptions preferred, TrainingJobOptions options, int features) {
    if (options.training().precondition() != preferred.training().precondition()) {
      output
          .console()
          .line(
              String.format(
                  Locale.ROOT,
                  "preconditioning as if features were independent: covariance takes %,d features at the most, not %,d",
                  Preconditioning.MOST_FEATURES,
                  features));
    }
  }

  /**
   * The options for a number of features, which some defaults depend on.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if values are out of range; it names all of
   *     them
   */
  private TrainingJobOptions options(int features) {
    TrainingJobOptions defaults = TrainingJobOptions.defaults(features);
    Problems problems =
        TrainingJobOptions.requireFit(
            training.patience(), data.validationFraction(), checkpointing.directory(), out);
    TrainingOptions trainingOptions =
        problems.collect(() -> training.options(features), defaults.training());
    DataOptions dataOptions = problems.collect(data::options, defaults.data());
    CheckpointOptions checkpoints = problems.collect(checkpointing::options, null);
    problems.throwIfAny();
    return new TrainingJobOptions(dataOptions, trainingOptions, initFrom, checkpoints, out);
  }
}
