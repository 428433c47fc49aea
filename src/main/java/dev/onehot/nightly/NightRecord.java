package dev.onehot.nightly;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.onehot.report.Summary;
import java.util.List;
import java.util.Locale;

/**
 * What a run of the nightly job tells of itself: a line of the registry's history, the body that a
 * webhook gets, and the figures for metrics. Values that a run did not come to are null.
 *
 * @param format {@link #FORMAT}
 * @param run the run's id
 * @param runDate the date whose data it trained on, ISO
 * @param started when the run began, in the format of {@link java.time.Instant#toString}
 * @param ended when it ended, in the same format
 * @param status how it ended
 * @param exitCode the exit code of the process
 * @param message the verdict in one sentence
 * @param version the version that the run made
 * @param championBefore the champion's version when the run began
 * @param champion the champion's version when the run ended
 * @param rows the number of rows to train on
 * @param accuracy the accuracy of the run's model on the rows of the gate, 0 … 1
 * @param logLoss its mean cross-entropy there, in nats
 * @param championAccuracy the accuracy of the former champion on the same rows
 * @param championLogLoss its mean cross-entropy there, in nats
 * @param warnings what the user was warned of, one line each
 */
public record NightRecord(
    String format,
    String run,
    String runDate,
    String started,
    String ended,
    Status status,
    int exitCode,
    String message,
    Integer version,
    Integer championBefore,
    Integer champion,
    Long rows,
    Double accuracy,
    Double logLoss,
    Double championAccuracy,
    Double championLogLoss,
    List<String> warnings) {

  /** What {@link #format} says. */
  public static final String FORMAT = "onehot nightly run 1";

  private static final Gson JSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  /** How a run ended. */
  public enum Status {
    /** The model is the champion. */
    PROMOTED,
    /** The gate let the model pass, but it was not to be promoted. */
    KEPT,
    /** The gate refused the model. */
    REFUSED,
    /** The run ended in order before the model was done; the next one goes on. */
    INTERRUPTED,
    /** The run failed. */
    FAILED;

    /** Whether such a run has done all there is to do for its date. */
    boolean isFinished() {
      return this == PROMOTED || this == KEPT || this == REFUSED;
    }
  }

  /**
   * A summary for people, with one line for each fact.
   *
   * @param registry the registry's directory
   */
  public String summary(String registry) {
    Summary text = new Summary();
    text.add("run date", "%s", runDate);
    text.add("verdict", "%s", message);
    if (accuracy != null) {
      text.add("accuracy", "%.4f%s", accuracy, beside(championAccuracy));
      text.add("log loss", "%.4f%s", logLoss, beside(championLogLoss));
    }
    boolean lost = status == Status.PROMOTED && !version.equals(champion);
    text.add(
        "champion",
        "%s%s",
        champion == null ? "none" : "version " + champion,
        lost ? String.format(Locale.ROOT, " now, no longer version %d", version) : "");
    text.add("registry", "%s", registry);
    return text.toString();
  }

  private static String beside(Double ofChampion) {
    return ofChampion == null ? "" : String.format(Locale.ROOT, " (champion %.4f)", ofChampion);
  }

  /** The same run with another end; its champion stayed. */
  NightRecord with(Status otherStatus, String otherMessage) {
    return new NightRecord(
        format,
        run,
        runDate,
        started,
        ended,
        otherStatus,
        exitCode,
        otherMessage,
        version,
        championBefore,
        championBefore,
        rows,
        accuracy,
        logLoss,
        championAccuracy,
        championLogLoss,
        warnings);
  }

  /** The same run, for somebody who asks which version is the champion at another time. */
  NightRecord withChampion(Integer now) {
    return new NightRecord(
        format,
        run,
        runDate,
        started,
        ended,
        status,
        exitCode,
        message,
        version,
        championBefore,
        now,
        rows,
        accuracy,
        logLoss,
        championAccuracy,
        championLogLoss,
        warnings);
  }

  /** Whether every run says what is there, so that this is no damaged file, or somebody else's. */
  boolean isWhole() {
    return FORMAT.equals(format)
        && run != null
        && runDate != null
        && started != null
        && ended != null
        && status != null
        && message != null
        && warnings != null
        && !warnings.contains(null);
  }

  /** One line of JSON, without a line feed. */
  public String json() {
    return JSON.toJson(this);
  }

  /**
   * Reads such a line.
   *
   * @throws com.google.gson.JsonParseException if the text is no JSON of a record
   */
  public static NightRecord parse(String json) {
    return JSON.fromJson(json, NightRecord.class);
  }
}
