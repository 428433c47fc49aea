package dev.onehot.checkpoint;

import dev.onehot.failure.Problems;
import java.util.Objects;
import org.apache.hadoop.fs.Path;

/**
 * Where and how often checkpoints are written.
 *
 * @param directory used by one run at a time
 * @param every iterations between two checkpoints
 * @param beginAnew whether a checkpoint of other settings, data or version is removed, and training
 *     begins anew; otherwise the run is refused
 */
public record CheckpointOptions(Path directory, int every, boolean beginAnew) {

  /** The default number of iterations between two checkpoints. */
  public static final int EVERY = 10;

  public CheckpointOptions {
    Objects.requireNonNull(directory);
    new Problems()
        .require(every >= 1, "⟨checkpoint-every⟩ must be at least 1, not %d", every)
        .throwIfAny();
  }

  /** Checkpoints that nothing but the same training may use. */
  public CheckpointOptions(Path directory, int every) {
    this(directory, every, false);
  }

  /** Checkpoints in a directory, every {@value #EVERY} iterations. */
  public static CheckpointOptions in(Path directory) {
    return new CheckpointOptions(directory, EVERY);
  }
}
