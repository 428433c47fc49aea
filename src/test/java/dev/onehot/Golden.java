package dev.onehot;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.onehot.model.NpyFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Numbers that the NumPy original computes, from the test resources. */
public final class Golden {

  private Golden() {}

  public static JsonObject json() throws IOException {
    try (Reader reader = new InputStreamReader(open("golden.json"), StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    }
  }

  public static double[] array(String name) throws IOException {
    try (InputStream in = open(name)) {
      return NpyFormat.read(in).values();
    }
  }

  public static double[][] matrix(JsonElement rows) {
    return rows.getAsJsonArray().asList().stream()
        .map(
            row ->
                row.getAsJsonArray().asList().stream()
                    .mapToDouble(JsonElement::getAsDouble)
                    .toArray())
        .toArray(double[][]::new);
  }

  public static int[] integers(JsonElement values) {
    return values.getAsJsonArray().asList().stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  private static InputStream open(String name) {
    return Golden.class.getResourceAsStream("/golden/" + name);
  }
}
