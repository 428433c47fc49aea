package dev.onehot.cli;

import dev.onehot.failure.InputException;
import dev.onehot.job.RecordedTraining;
import dev.onehot.job.ReproduceJob;
import dev.onehot.job.Reproduction;
import dev.onehot.job.Sources;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code reproduce}: trains a model again from its provenance and compares the bits. */
@Command(
    name = "reproduce",
    description = {
      "Trains a model again from the settings and the data that its model.json names.",
      "Ends with 0 if the bits are the same; otherwise with 3, naming what differs."
    },
    footer = {"Example", "  ./submit.sh reproduce --model models/mnist"})
final class ReproduceCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Mixin private ModelArguments model;

  @HelpGroup(HelpGroup.DATA)
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the rows, if its --data moved there.")
  private Path data;

  @HelpGroup(HelpGroup.DATA)
  @Option(
      names = "--train",
      paramLabel = "PATH",
      description = "File, folder or 'pattern' of rows instead, if its --train moved there.")
  private Path train;

  @HelpGroup(HelpGroup.MODEL)
  @Option(
      names = "--init-from",
      paramLabel = "MODEL",
      description = "The model it started from, if that moved there.")
  private Path initFrom;

  @Mixin private CommonArguments common;
  @Spec private CommandSpec command;

  ReproduceCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    Configuration hadoop = SparkStart.hadoop();
    RecordedTraining recorded =
        RecordedTraining.of(model.directory(), data, train, initFrom, hadoop);
    Sources sources = recorded.open(hadoop, output.console()::line);
    try (StartedSpark started = SparkStart.start(command.name(), output.console())) {
      Reproduction result =
          new ReproduceJob(started.context(), recorded, sources, output.console()).run();
      output.result(result.summary(recorded.model().directory().toString()), "nothing was written");
      if (!result.same()) {
        throw new InputException(
            String.format(
                Locale.ROOT,
                "%s: not reproduced: it differs in %s",
                recorded.model().directory(),
                result.difference()));
      }
      return 0;
    }
  }
}
