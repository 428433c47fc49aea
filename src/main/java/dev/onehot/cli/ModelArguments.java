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
      description = "Its directory, or a registry for its champion.")
  private Path directory;

  Path directory() {
    return directory;
  }
}
