package dev.onehot.job;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * The id of a run: its start in UTC, and a few random letters.
 *
 * @param started when the run started
 * @param name the id, such as {@code 20261123T140501Z-3f2a}
 */
public record RunId(Instant started, String name) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int RANDOM_LETTERS = 4;

  /** A new id for a run that starts now. */
  public static RunId next() {
    Instant now = Instant.now();
    String random = UUID.randomUUID().toString().substring(0, RANDOM_LETTERS);
    return new RunId(now, TIME.format(now) + "-" + random);
  }
}
