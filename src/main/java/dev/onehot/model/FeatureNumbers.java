package dev.onehot.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntToDoubleFunction;

/**
 * A number for each feature in model.json: an array, or the name of the file that holds it. A
 * million numbers as text would be slow to read, and model.json is read by people, too.
 */
final class FeatureNumbers {

  /** The most features for an array. */
  static final int MOST_IN_JSON = 4096;

  private FeatureNumbers() {}

  /**
   * Writes the numbers of F features, into a file of their own if they are many.
   *
   * @param file the name of that file
   * @return what model.json says of them
   */
  static JsonElement write(
      IntToDoubleFunction numbers, int features, String file, ModelFiles.NewFiles files)
      throws IOException {
    if (features <= MOST_IN_JSON) {
      JsonArray array = new JsonArray(features);
      for (int j = 0; j < features; j++) {
        array.add(numbers.applyAsDouble(j));
      }
      return array;
    }
    double[] values = new double[features];
    for (int j = 0; j < features; j++) {
      values[j] = numbers.applyAsDouble(j);
    }
    try (OutputStream out = files.open(file)) {
      NpyFormat.write(out, values, features);
    }
    return new JsonPrimitive(file);
  }

  /** Whether they stand in that file. */
  static boolean areIn(JsonElement numbers, String file) {
    return new JsonPrimitive(file).equals(numbers);
  }

  /**
   * The numbers of an array.
   *
   * @return null if it is no array of finite numbers
   */
  static double[] of(JsonElement numbers) {
    if (!numbers.isJsonArray()) {
      return null;
    }
    double[] values = new double[numbers.getAsJsonArray().size()];
    for (int j = 0; j < values.length; j++) {
      JsonElement number = numbers.getAsJsonArray().get(j);
      if (!number.isJsonPrimitive() || !number.getAsJsonPrimitive().isNumber()) {
        return null;
      }
      values[j] = number.getAsDouble();
      if (!Double.isFinite(values[j])) {
        return null;
      }
    }
    return values;
  }
}
