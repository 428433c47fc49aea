package dev.onehot.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code formats}: says how files of rows are read, and by which options of other commands. */
@Command(
    name = "formats",
    description = {
      "How train, evaluate, predict and nightly read rows, and their options for that.",
      "IDX     MNIST's format: images with their labels beside them",
      "CSV     a header is found by itself, and so is a plain column of labels",
      "LIBSVM  label index:value ..., with indexes from 1",
      "NumPy   .npy and .npz: X and y in files or entries of their own",
      "All of them raw or .gz, one file, a folder or a quoted pattern of several."
    },
    footer = {
      "Example",
      "  ./submit.sh train --train iris/train.csv --test iris/test.csv",
      "  ./submit.sh train --train rows.csv --label-column species --missing mean"
    })
final class FormatsCommand implements Callable<Integer> {

  private final CommandOutput output;

  @Mixin private FormatArguments formats;
  @Mixin private ClassArguments classes;
  @Mixin private ClassWeightArguments weights;
  @Mixin private CommonArguments common;
  @Spec private CommandSpec command;

  FormatsCommand(CommandOutput output) {
    this.output = output;
  }

  @Override
  public Integer call() {
    output.result(command.commandLine().getUsageMessage().stripTrailing(), "");
    return 0;
  }
}
