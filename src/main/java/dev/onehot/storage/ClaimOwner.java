package dev.onehot.storage;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.Locale;
import java.util.UUID;

/**
 * Who holds a claim.
 *
 * @param format {@link #FORMAT}
 * @param id the claim's own id, a UUID
 * @param run the id of the run
 * @param process the driver of the run
 */
public record ClaimOwner(String format, String id, String run, DriverProcess process) {

  private static final String FORMAT = "onehot claim 1";
  private static final Gson JSON = new GsonBuilder().setPrettyPrinting().create();

  /**
   * @throws IllegalArgumentException if a value is missing or malformed
   */
  public ClaimOwner {
    if (!FORMAT.equals(format) || id == null || run == null || process == null) {
      throw new IllegalArgumentException("no " + FORMAT);
    }
    UUID.fromString(id);
  }

  /** The owner of a new claim. */
  static ClaimOwner of(String run, DriverProcess process) {
    return new ClaimOwner(FORMAT, UUID.randomUUID().toString(), run, process);
  }

  String json() {
    return JSON.toJson(this) + "\n";
  }

  /**
   * Reads an owner.
   *
   * @return null if the text is no JSON of an owner, or a value is missing
   */
  static ClaimOwner parse(String json) {
    try {
      return JSON.fromJson(json, ClaimOwner.class);
    } catch (RuntimeException e) {
      // Gson wraps what a record's constructor throws.
      return null;
    }
  }

  /** Such as {@code run 20261123T021500Z-3f2a (process 4711 on node7, since …)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "run %s (%s)", run, process);
  }
}
