package dev.onehot.job;

import dev.onehot.failure.InputException;
import dev.onehot.failure.InvalidSettingsException;
import dev.onehot.failure.OutputException;
import dev.onehot.failure.SettingNames;
import dev.onehot.failure.TrainingException;
import dev.onehot.failure.UserFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a failure that the user can mend in an exception from Spark. */
public final class SparkFailure {

  /**
   * One of our failures as text. An executor sends only text if an exception or its cause is not
   * serializable.
   */
  private static final Pattern OURS =
      Pattern.compile(Pattern.quote(UserFailure.class.getPackageName()) + "\\.(\\w+): (.+)");

  private static final Pattern DISK_FULL =
      Pattern.compile("No space left on device|Disk quota exceeded|not enough space on the disk");

  private static final Pattern STOPPED =
      Pattern.compile("stopped SparkContext|SparkContext (?:was|has been) shut ?down");

  private static final Pattern EXECUTOR_OUT_OF_MEMORY =
      Pattern.compile(
          "executor (\\S+)\\): (?:java\\.lang\\.OutOfMemoryError: |(?=TaskResultLost))([^\\n]*)");

  private static final Pattern EXECUTOR_LOST =
      Pattern.compile("ExecutorLostFailure \\(executor [^)]*\\) Reason: (.+)");

  private static final Pattern INVALID_SETTING = Pattern.compile("^\\[INVALID_CONF_VALUE");

  private SparkFailure() {}

  /** The failure that the user can mend, if a failure or one of its causes is one. */
  public static Optional<UserFailure> find(Throwable failure) {
    List<Throwable> causes = causes(failure);
    for (Throwable cause : causes) {
      if (cause instanceof UserFailure known) {
        return Optional.of(known);
      }
    }
    for (Throwable cause : causes) {
      String message = String.valueOf(cause.getMessage());
      Matcher ours = OURS.matcher(message);
      if (ours.find()) {
        return Optional.of(failure(ours.group(1), ours.group(2).strip(), cause));
      }
      Matcher full = DISK_FULL.matcher(message);
      // Our own files fail with an OutputException, so these are Spark's.
      if (full.find()) {
        return Optional.of(new OutputException(diskFull(full.group()), cause));
      }
      Matcher memory = EXECUTOR_OUT_OF_MEMORY.matcher(message);
      if (memory.find()) {
        return Optional.of(outOfMemory(memory.group(2).strip(), memory.group(1).equals("driver")));
      }
      if (cause instanceof OutOfMemoryError) {
        return Optional.of(outOfMemory(message, true));
      }
      Matcher lost = EXECUTOR_LOST.matcher(message);
      if (lost.find()) {
        return Optional.of(new TrainingException(executorsLost(lost.group(1).strip())));
      }
      if (INVALID_SETTING.matcher(message).find()) {
        return Optional.of(
            new InvalidSettingsException("Spark refuses a setting: " + message, cause));
      }
      if (STOPPED.matcher(message).find()) {
        return Optional.of(new TrainingException(stopped()));
      }
    }
    return Optional.empty();
  }

  /** The last cause of a failure. */
  static Throwable root(Throwable failure) {
    List<Throwable> causes = causes(failure);
    return causes.get(causes.size() - 1);
  }

  /** The failure, its cause, and so on. */
  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable t = failure; t != null && !causes.contains(t); t = t.getCause()) {
      causes.add(t);
    }
    return causes;
  }

  private static UserFailure failure(String name, String message, Throwable cause) {
    return switch (name) {
      case "InputException" -> new InputException(message, cause);
      case "InvalidSettingsException" -> new InvalidSettingsException(message, cause);
      case "OutputException" -> new OutputException(message, cause);
      default -> new TrainingException(message);
    };
  }

  private static TrainingException outOfMemory(String reason, boolean inDriver) {
    return new TrainingException(
        SettingNames.format(
            "out of memory in %s (%s); give it more with %s",
            inDriver
                ? String.format(
                    Locale.ROOT,
                    "the driver, which has %,d MB",
                    Runtime.getRuntime().maxMemory() >> 20)
                : "an executor",
            reason,
            SettingNames.mark(inDriver ? "driver-memory" : "executor-memory")));
  }

  private static String executorsLost(String reason) {
    return SettingNames.format(
        "a task has lost one executor after the other (the last: %s); they mostly die for want of memory: give them more with ⟨executor-memory⟩",
        reason);
  }

  private static String diskFull(String reason) {
    return String.format(
        Locale.ROOT,
        "Spark's temporary files: %s (the driver's are in %s); set spark.local.dir, or"
            + " SPARK_LOCAL_DIRS on a standalone cluster, to a disk with room for all rows",
        reason,
        localDirectory());
  }

  private static String stopped() {
    return String.format(
        Locale.ROOT,
        "Spark stopped before the end (its master is %s): no master answered, or the run was ended from outside; Spark's own lines above say which",
        System.getProperty("spark.master"));
  }

  /** The directory where Spark keeps shuffled rows, and cached rows that do not fit in memory. */
  private static String localDirectory() {
    String fromEnvironment = System.getenv("SPARK_LOCAL_DIRS");
    return fromEnvironment != null
        ? fromEnvironment
        : System.getProperty("spark.local.dir", System.getProperty("java.io.tmpdir"));
  }
}
