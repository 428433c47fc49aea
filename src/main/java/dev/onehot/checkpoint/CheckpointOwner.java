package dev.onehot.checkpoint;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.Path;

/**
 * Says in the checkpoint directory which run it belongs to, and what that run would leave elsewhere
 * if it were killed.
 *
 * @param format {@link #FORMAT}
 * @param run whose the directory is
 * @param target the model's directory, fully qualified, without secrets
 * @param pending what makes the hidden name unique that the model is written under
 * @param madeFolders the directory and those above it, as far as the run made them, from the lowest
 *     upwards
 * @param process that runs it; null in files that are older than this
 */
public record CheckpointOwner(
    String format,
    CheckpointedRun run,
    String target,
    String pending,
    List<String> madeFolders,
    DriverProcess process) {

  static final String FORMAT = "onehot checkpoints 1";

  private static final Gson JSON = new GsonBuilder().setPrettyPrinting().create();

  /**
   * @throws IllegalArgumentException if something is missing or no such thing
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
   * @throws IllegalArgumentException if it is no such JSON, or incomplete
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
