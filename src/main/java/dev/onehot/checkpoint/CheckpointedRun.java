package dev.onehot.checkpoint;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/**
 * The run that a checkpoint belongs to.
 *
 * @param id the run's id
 * @param started when the run's first process started, in the format of {@link Instant#toString}
 * @param settings the part of the training's identity that is known before any data is read
 */
public record CheckpointedRun(String id, String started, Map<String, String> settings) {

  /**
   * @throws IllegalArgumentException if a value is missing or malformed
   */
  public CheckpointedRun {
    // The id becomes the name of a directory.
    if (id == null || !id.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("no run id");
    }
    if (started == null || settings == null) {
      throw new IllegalArgumentException("no start or no settings");
    }
    try {
      Instant.parse(started);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time of start", e);
    }
    settings = Map.copyOf(settings);
  }

  public TrainingIdentity identity() {
    return TrainingIdentity.of(settings);
  }
}
