package dev.onehot.cli;

import dev.onehot.checkpoint.Checkpoints;
import dev.onehot.failure.Problems;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** The options of where and how often a training's state is kept. */
final class CheckpointArguments {

  @Option(
      names = "--checkpoint-dir",
      paramLabel = "DIR",
      description =
          "Directory for checkpoints: the same command run again goes on from the newest. Of one run"
              + " at a time; emptied when it has succeeded (default: no checkpoints).")
  private Path directory;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      defaultValue = "10",
      description = "Iterations between two checkpoints (default: ${DEFAULT-VALUE}).")
  private int every;

  /** Checks what can be checked without looking at files. */
  void require(Problems problems, Path out) {
    problems
        .require(every >= 1, "--checkpoint-every must be at least 1, not %d", every)
        .require(
            directory == null || !directory.equals(out),
            "--checkpoint-dir and --out are both %s; the checkpoints need a directory of their own",
            out);
  }

  /** Claims the directory; null if there are to be no checkpoints. */
  Checkpoints claim(Configuration hadoop, Consumer<String> say) {
    return directory == null ? null : Checkpoints.claim(directory, every, hadoop, say);
  }
}
