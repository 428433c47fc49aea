package dev.onehot.cli;

import dev.onehot.checkpoint.CheckpointOptions;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The options for checkpoints. */
@HelpGroup("Checkpoints")
final class CheckpointArguments {

  @Option(
      names = "--checkpoint-dir",
      paramLabel = "DIR",
      description = "Where to save; the same run goes on from there.")
  private Path directory;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      defaultValue = "" + CheckpointOptions.EVERY,
      description = "Iterations between two checkpoints [${DEFAULT-VALUE}].")
  private int every;

  Path directory() {
    return directory;
  }

  /**
   * The options; null if no checkpoints are wanted.
   *
   * @throws dev.onehot.failure.InvalidSettingsException if a value is out of range
   */
  CheckpointOptions options() {
    CheckpointOptions options =
        new CheckpointOptions(directory == null ? new Path(".") : directory, every);
    return directory == null ? null : options;
  }
}
