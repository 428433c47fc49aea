package dev.onehot.job;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.onehot.model.Json;

/**
 * How a process ended, for whoever started it: in cluster mode Spark hides the exit code.
 *
 * @param format {@link #FORMAT}
 * @param status {@link Verdict#SUCCEEDED} or {@link Verdict#FAILED}
 * @param exitCode the process's exit code
 * @param message the line that the user sees, without secrets; null after success
 * @param command such as {@code models verify}; null if there is no such command
 * @param started when the process began, in UTC, such as {@code 2026-11-23T02:15:00.123Z}
 * @param ended when its verdict was written
 * @param model the directory of the model that it has published; otherwise null
 * @param run the name that submit.sh gave to this run; otherwise null
 */
public record ProcessVerdict(
    int format,
    String status,
    int exitCode,
    String message,
    String command,
    String started,
    String ended,
    String model,
    String run) {

  /** The version of the file's format. */
  public static final int FORMAT = 1;

  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();

  /** The content of the file. */
  public String json() {
    return JSON.toJson(this) + "\n";
  }

  /**
   * Reads a verdict.
   *
   * @throws JsonParseException if the text is none
   */
  public static ProcessVerdict parse(String json) {
    ProcessVerdict verdict = Json.read(() -> JSON.fromJson(json, ProcessVerdict.class));
    if (verdict == null || verdict.format != FORMAT || verdict.status == null) {
      throw new JsonParseException("is no verdict of format " + FORMAT);
    }
    return verdict;
  }
}
