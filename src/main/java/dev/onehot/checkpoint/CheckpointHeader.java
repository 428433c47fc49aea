package dev.onehot.checkpoint;

import com.google.gson.Gson;
import java.util.Map;

/**
 * What a checkpoint says about itself before its numbers.
 *
 * @param run whose it is
 * @param source where its data came from, in a few words
 * @param data what tells that run's data from other data
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
   * @throws IllegalArgumentException if it is no such JSON, or incomplete
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
