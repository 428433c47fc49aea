package dev.onehot.model;

import com.google.gson.JsonParseException;
import java.util.function.Supplier;

/** Reads JSON with Gson. */
public final class Json {

  private Json() {}

  /**
   * Gives what Gson reads. Of a text where a number belongs Gson throws another exception than of
   * other damage; here it is the same.
   *
   * @throws JsonParseException if the text is not what it should be
   */
  public static <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (NumberFormatException e) {
      throw new JsonParseException("no number where one belongs", e);
    }
  }
}
