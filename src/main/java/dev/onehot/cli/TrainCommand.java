package dev.onehot.cli;

import dev.onehot.checkpoint.Checkpoints;
import dev.onehot.checkpoint.Fingerprint;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.RowSource;
import dev.onehot.failure.Problems;
import dev.onehot.report.Redaction;
import dev.onehot.report.Verdict;
import dev.onehot.storage.PublishedDirectory;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.TrainingOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: loads, trains, tests, publishes. */
@Command(
    name = "train",
    description = {
      "Trains a model and writes it into a new directory.",
      "Without any data it trains on generated digits, offline."
    })
final class TrainCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Mixin private DataArguments data;
  @Mixin private TrainingArguments training;
  @Mixin private CheckpointArguments checkpointing;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "New or empty directory for the model (default: models/<run id>).")
  private Path out;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties file of settings: an option's name without the dashes is its key. The command"
              + " line wins.")
  private String config;

  @Mixin private CommonArguments common;
  @Spec private CommandSpec command;

  TrainCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    Problems problems = new Problems();
    problems.collect(() -> training.options(1));
    data.require(problems, training.patience());
    checkpointing.require(problems, out);
    problems.throwIfAny();
    try (JavaSparkContext spark = SparkStart.context(command.name())) {
      Configuration hadoop = spark.hadoopConfiguration();
      try (Checkpoints checkpoints = checkpointing.claim(hadoop, output.console()::line)) {
        RowSource trainingRows = data.training(hadoop);
        RowSource testRows = data.test(hadoop);
        if (testRows != null) {
          testRows.requireFeaturesOf(trainingRows);
        }
        TrainingOptions options = options(trainingRows.features());
        HeldBackRows heldBack = data.heldBack(options.seed());
        Fingerprint settings = RunSettings.of(options, data.classes(), heldBack, trainingRows);
        ClaimedRun claimed = ClaimedRun.of(out, settings, checkpoints, hadoop, output.console());
        if (claimed.verdict() != null) {
          return finish(claimed.verdict(), claimed, checkpoints);
        }
        try (PublishedDirectory model =
            PublishedDirectory.create(claimed.directory(), claimed.pending(), hadoop)) {
          TrainingRun run =
              new TrainingRun(
                  spark,
                  output.console(),
                  options,
                  data.classes(),
                  source -> data.partitions(source, spark.defaultParallelism()),
                  checkpoints);
          Verdict verdict =
              run.run(
                  trainingRows,
                  testRows,
                  heldBack,
                  provenance(claimed.id(), options, SparkStart.redaction(spark)),
                  model);
          return finish(verdict, claimed, checkpoints);
        }
      }
    }
  }

  /** Says how it ended, once nothing of the checkpoints is needed any more. */
  private int finish(Verdict verdict, ClaimedRun run, Checkpoints checkpoints) {
    if (checkpoints != null) {
      try {
        checkpoints.clear();
      } catch (IOException e) {
        output
            .console()
            .line("warning: the model is published, but its checkpoints cannot be removed: " + e);
      }
    }
    output.results().print(verdict.summary(run.directory().toString()));
    return verdict.exitCode();
  }

  private TrainingOptions options(int features) {
    TrainingOptions options = training.options(features);
    if (options.precondition() != training.options(1).precondition()) {
      output
          .console()
          .line(
              "preconditioning by variance: covariance takes %,d features at the most, not %,d"
                  .formatted(Preconditioning.MOST_FEATURES, features));
    }
    return options;
  }

  /** What of the model's provenance is known before any data is read. */
  private Map<String, Object> provenance(RunId run, TrainingOptions options, Redaction redaction) {
    Map<String, Object> settings = new TreeMap<>();
    for (OptionSpec option : command.options()) {
      Object value = option.getValue();
      if (value != null && !option.usageHelp() && !option.versionHelp()) {
        String key = SettingsFile.key(option);
        settings.put(key, redaction.value(key, value.toString()));
      }
    }
    // Defaults that depend on other settings, too.
    settings.put("learning-rate", Double.toString(options.learningRate()));
    settings.put("warmup", Integer.toString(options.warmup()));
    settings.put("momentum", Double.toString(options.momentum()));
    settings.put("precondition", options.precondition().name());
    Build build = new Build();
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("run", run.name());
    provenance.put("started", run.started().toString());
    provenance.put("onehot", build.version());
    provenance.put("gitCommit", build.commit());
    provenance.put("settings", settings);
    return provenance;
  }
}
