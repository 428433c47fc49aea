package dev.onehot.report;

import com.google.gson.GsonBuilder;
import java.util.List;

/**
 * How a training ended: run.json, and the summary for people.
 *
 * @param status {@link #SUCCEEDED}
 * @param exitCode the process's, which spark-submit hides in some cluster modes
 * @param iterations updates made
 * @param stopped why training ended
 * @param trainLoss mean cross-entropy over the training rows at the final weights
 * @param trainAccuracy 0 … 1
 * @param testLoss null without test rows
 * @param testAccuracy 0 … 1, null without test rows
 * @param w1Sha256 SHA-256 over W1's little-endian float64 bytes in C order
 * @param deadClasses names of classes no training row has a positive logit for
 * @param secondsTotal from the start of the JVM
 * @param secondsLoading reading, checking and caching training and test rows
 * @param secondsPerIterationMedian of measuring the gradient
 * @param cachedBytes of the training rows when all of them are in memory
 * @param peakMemoryBytes the most memory that the driver's process has had, in local mode all;
 *     executors are not in it
 * @param rows training rows
 * @param kernel which block kernel computed the gradients
 * @param master Spark's
 */
public record Verdict(
    String status,
    int exitCode,
    int iterations,
    String stopped,
    double trainLoss,
    double trainAccuracy,
    Double testLoss,
    Double testAccuracy,
    String w1Sha256,
    List<String> deadClasses,
    double secondsTotal,
    double secondsLoading,
    double secondsPerIterationMedian,
    long cachedBytes,
    long peakMemoryBytes,
    long rows,
    String kernel,
    String master) {

  /** The file's name in a model directory. */
  public static final String NAME = "run.json";

  /** The status of a run that published its model. */
  public static final String SUCCEEDED = "succeeded";

  /** The content of run.json. */
  public String json() {
    return new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(this) + "\n";
  }

  /**
   * What a person wants to know, a line each.
   *
   * @param directory where the model is
   */
  public String summary(String directory) {
    Summary text = new Summary();
    if (testAccuracy != null) {
      text.add("test accuracy", "%.4f", testAccuracy);
      text.add("test loss", "%.4f", testLoss);
    }
    text.add("train accuracy", "%.4f", trainAccuracy);
    text.add("train loss", "%.4f", trainLoss);
    text.add("iterations", "%d (%s)", iterations, stopped);
    if (!deadClasses.isEmpty()) {
      text.add("dead classes", "%s", String.join(", ", deadClasses));
    }
    text.add(
        "time",
        "%.1f s in all, %.1f s loading, %.1f ms an iteration (median)",
        secondsTotal,
        secondsLoading,
        secondsPerIterationMedian * 1000);
    text.add("cached rows", "%,d in %.1f MB", rows, cachedBytes / 1e6);
    text.add("peak memory", "%.1f MB (the driver's process)", peakMemoryBytes / 1e6);
    text.add("W1 SHA-256", "%s", w1Sha256);
    text.add("model", "%s", directory);
    return text.toString();
  }
}
