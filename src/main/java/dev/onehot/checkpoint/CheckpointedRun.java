package dev.onehot.checkpoint;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;

/**
 * Whose checkpoint it is.
 *
 * @param id the run's
 * @param started when its first process did, as of {@link Instant#toString}
 * @param settings what was known before any data was read
 */
public record CheckpointedRun(String id, String started, Map<String, String> settings) {

  /**
   * @throws IllegalArgumentException if one is missing or no such thing
   */
  public CheckpointedRun {
    // It becomes the name of a directory.
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
