package dev.onehot.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.math.Activation;
import dev.onehot.math.FeatureScaling;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a model, each in memory. */
class FormatAgreementTest {

  private final SplittableRandom random = new SplittableRandom(27);
  private final float[] rows = new float[512 * 5];
  private Map<String, byte[]> files;

  @BeforeEach
  void writeModel() throws IOException {
    files = files(model(Activation.RELU));
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(256);
    }
  }

  @Test
  void theFilesOfAModelAgree() throws IOException {
    for (Activation activation : Activation.values()) {
      files = files(model(activation));
      assertThat(difference()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, FeatureNumbers.MOST_IN_JSON + 1})
  void theFilesOfAModelOfScaledAndMissingFeaturesAgree(int features) throws IOException {
    double[] shifts = random.doubles(features, -300, 300).toArray();
    SoftmaxModel model =
        new SoftmaxModel(
                random.doubles(features * 3, -1, 1).toArray(),
                null,
                Activation.RELU,
                FeatureScaling.of(random.doubles(features, 1e-3, 1).toArray(), shifts),
                List.of("a", "b", "c"))
            .withMissingMeans(shifts);
    files = files(model);
    float[] wide = new float[features * 8];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = i % 5 == 0 ? Float.NaN : i % 2 == 0 ? 0 : (float) random.nextDouble(-300, 300);
    }
    assertThat(difference(wide)).isEmpty();
    files.put("model.onnx", files(model.withMissingMeans(new double[features])).get("model.onnx"));
    withoutDigests();
    assertThat(difference(wide).orElse("")).startsWith("registry/7: row 5,12");
  }

  @Test
  void everyFileThatEndsEarlyOrIsMissingIsNamed() {
    for (String name : List.of("W1.npy", "b1.npy", "model.json", "model.onnx")) {
      byte[] whole = files.get(name);
      files.put(name, Arrays.copyOf(whole, whole.length / 2));
      assertThat(difference().orElse("")).startsWith("registry/7: " + name + " ");
      files.remove(name);
      assertThat(difference().orElse("")).startsWith("registry/7: has no " + name);
      files.put(name, whole);
      assertThat(difference()).isEmpty();
    }
  }

  @Test
  void aFileOfAnotherModelIsNamedByItsDigest() throws IOException {
    Map<String, byte[]> others = files(model(Activation.RELU));
    for (String name : List.of("W1.npy", "b1.npy", "model.onnx")) {
      byte[] own = files.put(name, others.get(name));
      assertThat(difference())
          .contains(
              "registry/7: "
                  + name
                  + " is damaged or belongs to another model: its SHA-256 is not the one in model.json");
      files.put(name, own);
    }
  }

  @Test
  void withoutDigestsTheScoresTellAnotherModel() throws IOException {
    Map<String, byte[]> others = files(model(Activation.RELU));
    withoutDigests();
    assertThat(difference()).isEmpty();
    for (String name : List.of("W1.npy", "model.onnx")) {
      byte[] own = files.put(name, others.get(name));
      assertThat(difference().orElse("")).startsWith("registry/7: row 5,120").contains("W1.npy");
      files.put(name, own);
    }
  }

  @Test
  void anotherActivationInModelJsonIsADifference() {
    withoutDigests();
    files.put("model.json", text().replace("relu", "identity").getBytes(StandardCharsets.UTF_8));
    assertThat(difference().orElse("")).startsWith("registry/7: row ");
  }

  private String text() {
    return new String(files.get("model.json"), StandardCharsets.UTF_8);
  }

  private void withoutDigests() {
    String json = text().replaceAll("\"files\": \\{[^}]*}", "\"files\": {}");
    assertThat(json).isNotEqualTo(text());
    files.put("model.json", json.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<String> difference() {
    return difference(rows);
  }

  private Optional<String> difference(float[] rows) {
    return FormatAgreement.difference(
        "registry/7",
        name -> {
          if (!files.containsKey(name)) {
            throw new NoSuchFileException(name);
          }
          return new ByteArrayInputStream(files.get(name));
        },
        5120,
        rows);
  }

  private SoftmaxModel model(Activation activation) {
    return new SoftmaxModel(
        random.doubles(5 * 3, -1, 1).toArray(),
        random.doubles(3, -1, 1).toArray(),
        activation,
        1 / 255.0,
        List.of("a", "b", "c"));
  }

  private static Map<String, byte[]> files(SoftmaxModel model) throws IOException {
    Map<String, ByteArrayOutputStream> written = new HashMap<>();
    ModelFiles.write(
        model,
        null,
        new DigestedFiles(
            name -> {
              ByteArrayOutputStream out = new ByteArrayOutputStream();
              written.put(name, out);
              return out;
            }));
    Map<String, byte[]> files = new HashMap<>();
    written.forEach((name, out) -> files.put(name, out.toByteArray()));
    return files;
  }
}
