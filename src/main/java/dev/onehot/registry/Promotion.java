package dev.onehot.registry;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One file of the sequence that says which version is the champion.
 *
 * @param format {@link #FORMAT}
 * @param number the number of the file
 * @param version the version that becomes the champion
 * @param rollback whether it is a return to the champion before the last one
 * @param promoted when, in the format of {@link Instant#toString}
 * @param by who did it, such as a run's id or a user
 * @param why the reason in one sentence
 */
public record Promotion(
    String format,
    int number,
    int version,
    boolean rollback,
    String promoted,
    String by,
    String why) {

  private static final String FORMAT = "onehot champion 1";

  private static final Gson JSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  static Promotion of(int number, int version, boolean rollback, String by, String why) {
    return new Promotion(
        FORMAT,
        number,
        version,
        rollback,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        by,
        why);
  }

  String json() {
    return JSON.toJson(this) + "\n";
  }

  /** Null if the text is no JSON of a promotion with that number. */
  static Promotion parse(String json, int number) {
    try {
      Promotion promotion = JSON.fromJson(json, Promotion.class);
      boolean valid =
          promotion != null
              && FORMAT.equals(promotion.format)
              && promotion.number == number
              && promotion.version > 0
              && promotion.promoted != null;
      if (!valid) {
        return null;
      }
      Instant.parse(promotion.promoted);
      return promotion;
    } catch (JsonParseException | DateTimeException e) {
      return null;
    }
  }

  /** When it happened. */
  public Instant time() {
    return Instant.parse(promoted);
  }
}
