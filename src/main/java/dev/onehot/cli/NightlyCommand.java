package dev.onehot.cli;

import dev.onehot.checkpoint.CheckpointOptions;
import dev.onehot.failure.Problems;
import dev.onehot.failure.RefusedException;
import dev.onehot.job.DataOptions;
import dev.onehot.job.Dates;
import dev.onehot.job.TrainingJobOptions;
import dev.onehot.nightly.DataLimits;
import dev.onehot.nightly.GateLimits;
import dev.onehot.nightly.NightRecord;
import dev.onehot.nightly.NightlyJob;
import dev.onehot.nightly.NightlyOptions;
import dev.onehot.registry.Registry;
import dev.onehot.registry.Retention;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nightly}: the scheduled job. */
@Command(
    name = "nightly",
    description = {
      "The scheduled job: takes the rows of a date, checks them, trains, compares with",
      "the champion, and promotes the model if it is good enough."
    },
    footer = {
      "It has the options of train for data, stopping and training, too, and limits of",
      "drift, which is a warning. conf/nightly.properties explains all options.",
      "Example",
      "  ./submit.sh nightly --data in/{date} --registry models/digits"
    })
final class NightlyCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Mixin private RegistryArguments registry;
  @Mixin private DataArguments data;
  @Mixin private TrainingArguments training;
  @Mixin private ScheduleArguments schedule;
  @Mixin private DataCheckArguments checks;
  @Mixin private GateArguments gate;
  @Mixin private RetentionArguments retention;

  @HelpGroup(ScheduleArguments.GROUP)
  @Option(
      names = "--warm-start",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description = "Train from the champion's weights [${DEFAULT-VALUE}].")
  private boolean warmStart;

  @HelpGroup(ScheduleArguments.GROUP)
  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      defaultValue = "" + CheckpointOptions.EVERY,
      description = "Iterations between two checkpoints [${DEFAULT-VALUE}].")
  private int checkpointEvery;

  @Mixin private NewsArguments news;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings: keys are options without dashes.")
  private String config;

  @Mixin private CommonArguments common;
  @Spec private CommandSpec command;

  NightlyCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() throws IOException {
    NightlyOptions options = options();
    // What does not depend on the rows is reported before they are looked for.
    training.options(1);
    NightlyJob job =
        new NightlyJob(options, training::options, SparkStart.hadoop(), output.console());
    NightRecord night;
    try (LazySpark spark =
        new LazySpark(() -> SparkStart.start(command.name(), output.console()))) {
      night = job.run(spark);
    }
    Registry opened = Registry.open(options.registry(), SparkStart.hadoop());
    // That of a date long done may be gone.
    if (night.version() != null && opened.isComplete(night.version())) {
      output.model().set(opened.version(night.version()));
    }
    output.result(night.summary(options.registry().toString()), "the registry is complete");
    if (night.status() == NightRecord.Status.REFUSED) {
      throw new RefusedException(night.message());
    }
    return night.exitCode();
  }

  /**
   * The options.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if values are out of range; it names all of
   *     them
   */
  private NightlyOptions options() {
    Problems problems =
        TrainingJobOptions.requireFit(training.patience(), data.validationFraction(), null, null);
    Dates dates = problems.collect(schedule::dates, new Dates(LocalDate.EPOCH, Dates.DAYS));
    DataOptions rows = problems.collect(data::options, DataOptions.defaults()).withDates(dates);
    Duration maxTime = problems.collect(schedule::maxTime, null);
    GateLimits limits = problems.collect(gate::limits, GateLimits.defaults());
    DataLimits rowLimits = problems.collect(checks::limits, DataLimits.defaults());
    Retention kept = problems.collect(retention::retention, Retention.defaults());
    problems.collect(() -> new CheckpointOptions(new Path("."), checkpointEvery), null);
    problems.collect(() -> news.metrics(registry.directory()), null);
    URI webhook = problems.collect(news::webhook, null);
    problems.throwIfAny();
    return new NightlyOptions(
        registry.directory(),
        rows,
        checkpointEvery,
        schedule.waitForData(),
        maxTime,
        schedule.again(),
        warmStart,
        gate.promote(),
        rowLimits,
        limits,
        kept,
        news.metrics(registry.directory()),
        webhook);
  }
}
