package dev.onehot.job;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.onehot.failure.UserFailure;
import dev.onehot.model.Json;
import dev.onehot.model.ModelFiles;
import dev.onehot.report.Summary;
import java.io.Reader;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.SparkException;

/**
 * How a job ended, as run.json and as a summary for people.
 *
 * @param status {@link #SUCCEEDED} or {@link #FAILED}
 * @param exitCode the exit code of the process, which spark-submit hides in some cluster modes
 * @param message why the job failed, on one line, with marked names of settings; null if it
 *     succeeded
 * @param figures the figures of a training that succeeded; otherwise null
 */
public record Verdict(String status, int exitCode, String message, TrainingFigures figures) {

  /** The file's name in a model directory. */
  public static final String NAME = ModelFiles.VERDICT;

  /** The status of a run that published its model. */
  public static final String SUCCEEDED = "succeeded";

  /** The status of a run that failed and published no model. */
  public static final String FAILED = "failed";

  /** The member of run.json that holds the SHA-256 of the text with zeros in its place. */
  static final String SEAL = "sha256";

  private static final int UNEXPECTED = 1;

  private static final Gson JSON = new GsonBuilder().setPrettyPrinting().serializeNulls().create();

  /** The first members of run.json. The figures follow in the same JSON object. */
  private record Head(String status, int exitCode, String message) {}

  /** The verdict on a training whose model can be published. */
  public static Verdict succeeded(TrainingFigures figures) {
    return new Verdict(SUCCEEDED, 0, null, figures);
  }

  /**
   * The verdict on a job that failed. If Spark has wrapped a failure that the user can mend, the
   * verdict is about that failure.
   */
  public static Verdict failed(Throwable failure) {
    Optional<UserFailure> known = SparkFailure.find(failure);
    return known
        .map(user -> new Verdict(FAILED, user.exitCode(), oneLine(user.markedMessage()), null))
        .orElseGet(() -> new Verdict(FAILED, UNEXPECTED, unexpected(failure), null));
  }

  private static String unexpected(Throwable failure) {
    Throwable root = SparkFailure.root(failure);
    String message = root.getMessage() == null ? "" : ": " + oneLine(root.getMessage());
    // The message of a SparkException without a cause holds the whole stack trace of the task.
    String name = root instanceof SparkException ? "Spark" : root.getClass().getSimpleName();
    return "unexpected failure: " + name + message;
  }

  private static String oneLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }

  /**
   * The content of run.json. It holds its own SHA-256, so that {@link ModelCheck} finds any change.
   *
   * @param settings the values of the run's settings by name, without secrets
   * @param files for each other file of the directory, its SHA-256
   */
  String json(Map<String, String> settings, Map<String, String> files) {
    JsonObject json = json();
    json.add("settings", JSON.toJsonTree(new TreeMap<>(settings)));
    json.add("files", JSON.toJsonTree(new TreeMap<>(files)));
    json.addProperty(SEAL, Seal.none());
    return Seal.sealed(JSON.toJson(json) + "\n", SEAL);
  }

  /** The verdict as it stands in run.json, without what else is there. */
  JsonObject json() {
    JsonObject json = JSON.toJsonTree(new Head(status, exitCode, message)).getAsJsonObject();
    if (figures != null) {
      JSON.toJsonTree(figures)
          .getAsJsonObject()
          .entrySet()
          .forEach(figure -> json.add(figure.getKey(), figure.getValue()));
    }
    return json;
  }

  /**
   * Reads a training's run.json.
   *
   * @return empty if the training did not succeed
   * @throws JsonParseException if the text is no JSON object
   */
  static Optional<Verdict> parse(Reader json) {
    JsonObject all = JSON.fromJson(json, JsonObject.class);
    Head head = Json.read(() -> JSON.fromJson(all, Head.class));
    if (head == null || !SUCCEEDED.equals(head.status)) {
      return Optional.empty();
    }
    TrainingFigures figures = Json.read(() -> JSON.fromJson(all, TrainingFigures.class));
    return Optional.of(new Verdict(head.status, head.exitCode, head.message, figures));
  }

  /**
   * A summary for people of a training that succeeded, with one line for each fact.
   *
   * @param directory the model's directory
   */
  public String summary(String directory) {
    Summary text = new Summary();
    if (figures.testAccuracy() != null) {
      text.add("test accuracy", "%.4f", figures.testAccuracy());
      text.add("test loss", "%.4f", figures.testLoss());
    }
    text.add("train accuracy", "%.4f", figures.trainAccuracy());
    text.add("train loss", "%.4f", figures.trainLoss());
    text.add("iterations", "%d (%s)", figures.iterations(), figures.stopped());
    if (!figures.deadClasses().isEmpty()) {
      text.add("dead classes", "%s", String.join(", ", figures.deadClasses()));
    }
    text.add(
        "time",
        "%.1f s in all, %.1f s loading, %.1f ms an iteration (median)",
        figures.secondsTotal(),
        figures.secondsLoading(),
        figures.secondsPerIterationMedian() * 1000);
    text.add("cached rows", "%,d in %.1f MB", figures.rows(), figures.cachedBytes() / 1e6);
    text.add("peak memory", "%.1f MB (the driver's process)", figures.peakMemoryBytes() / 1e6);
    text.add("W1 SHA-256", "%s", figures.w1Sha256());
    text.add("model", "%s", directory);
    return text.toString();
  }
}
