package dev.onehot.checkpoint;

import com.google.gson.Gson;
import java.util.Map;

/**
 * The header of a checkpoint, which comes before its numbers.
 *
 * @param run the run that wrote it
 * @param source where the run's data came from, in a few words
 * @param data the values that identify the run's data
 */
record CheckpointHeader(CheckpointedRun run, String source, Map<String, String> data) {

  private static final Gson JSON = new Gson();

  CheckpointHeader {
    if (run == null || source == null || data == null) {
      throw new IllegalArgumentException("no run, no source or no data");
    }
    data = Map.copyOf(data);
  }

  TrainingIdentity dataIdentity() {
    return TrainingIdentity.of(data);
  }

  String json() {
    return JSON.toJson(this);
  }

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException if the text is no JSON of a header, or a value is missing
   */
  static CheckpointHeader parse(String json) {
    try {
      CheckpointHeader header = JSON.fromJson(json, CheckpointHeader.class);
      if (header == null) {
        throw new IllegalArgumentException("an empty header");
      }
      return header;
    } catch (RuntimeException e) {
      // Gson wraps what a record's constructor throws.
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }
}
