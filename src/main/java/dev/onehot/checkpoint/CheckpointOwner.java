package dev.onehot.checkpoint;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.Path;

/**
 * The owner of a checkpoint directory: the run that uses it or used it last, and what that run
 * leaves elsewhere if it is killed.
 *
 * @param format {@link #FORMAT}
 * @param run the run that owns the directory
 * @param target the model's directory, fully qualified, without secrets
 * @param pending the unique part of the hidden name under which the model is written
 * @param madeFolders the folders that the run created: the directory and its parents, the lowest
 *     first
 */
public record CheckpointOwner(
    String format, CheckpointedRun run, String target, String pending, List<String> madeFolders) {

  static final String FORMAT = "onehot checkpoints 1";

  private static final Gson JSON = new GsonBuilder().setPrettyPrinting().create();

  /**
   * @throws IllegalArgumentException if a value is missing or malformed
   */
  public CheckpointOwner {
    if (!FORMAT.equals(format) || run == null || target == null || target.isBlank()) {
      throw new IllegalArgumentException("no " + FORMAT);
    }
    if (pending == null || madeFolders == null) {
      throw new IllegalArgumentException("no pending directory or no folders");
    }
    UUID.fromString(pending);
    new Path(target);
    madeFolders.forEach(Path::new);
    madeFolders = List.copyOf(madeFolders);
  }

  String json() {
    return JSON.toJson(this) + "\n";
  }

  /**
   * Reads an owner.
   *
   * @throws IllegalArgumentException if the text is no JSON of an owner, or a value is missing
   */
  static CheckpointOwner parse(String json) {
    try {
      CheckpointOwner owner = JSON.fromJson(json, CheckpointOwner.class);
      if (owner == null) {
        throw new IllegalArgumentException("an empty file");
      }
      return owner;
    } catch (RuntimeException e) {
      // Gson wraps what a record's constructor throws.
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }
}
