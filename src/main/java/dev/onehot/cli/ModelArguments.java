package dev.onehot.cli;

import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The option for the model that a command works on. */
@HelpGroup(HelpGroup.MODEL)
final class ModelArguments {

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "Directory of the model, as train writes it.")
  private Path directory;

  Path directory() {
    return directory;
  }
}
