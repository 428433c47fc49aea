package dev.onehot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.onehot.math.Activation;
import dev.onehot.math.FeatureScaling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our reader of model.onnx beside onnxruntime, and beside the model that the file was made of. */
class OnnxModelTest {

  private final SplittableRandom random = new SplittableRandom(26);

  @ParameterizedTest
  @CsvSource({"1, 2", "784, 10", "9, 1024", "3, 256", "7, 5", "33, 17", "2, 1"})
  void scoresAreThoseOfOnnxruntime(int features, int classes) throws Exception {
    for (Activation activation : Activation.values()) {
      for (boolean bias : new boolean[] {false, true}) {
        SoftmaxModel model = model(features, classes, activation, bias, 2);
        for (int rows : new int[] {0, 1, 200}) {
          byte[] onnx = bytes(model);
          float[] pixels = pixels(rows * features);
          assertScoresOfOnnxruntime(onnx, pixels, rows);
          assertThat(difference(model, onnx, pixels)).isEmpty();
        }
      }
    }
  }

  private static void assertScoresOfOnnxruntime(byte[] onnx, float[] pixels, int rows)
      throws IOException, OrtException {
    OnnxModel read = OnnxModel.read(onnx);
    OnnxModel.Scores scores = read.score(pixels);
    try (OnnxScorer runtime = new OnnxScorer(onnx)) {
      OnnxScorer.Scores expected = runtime.score(pixels, rows, read.features());
      assertThat(Arrays.stream(scores.labels()).asLongStream().toArray())
          .isEqualTo(expected.labels());
      assertThat(scores.probabilities()).hasSameSizeAs(expected.probabilities());
      for (int i = 0; i < scores.probabilities().length; i++) {
        assertThat(scores.probabilities()[i])
            .isEqualTo(expected.probabilities()[i], within(Math.ulp(1f)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void roundingIsNoDifference(Activation activation) throws IOException {
    for (double largest : new double[] {1e-9, 1, 1e3, 1e6, 1e30}) {
      SoftmaxModel model = model(200, 6, activation, true, largest);
      assertThat(difference(model, bytes(model), pixels(512 * 200))).isEmpty();
    }
  }

  @Test
  void classesThatRoundingAloneTellsApartAreNoDifference() throws IOException {
    // Three times a third rounds in another way than a third of three.
    double[] weights = new double[2 * 50];
    for (int j = 0; j < 50; j++) {
      weights[2 * j] = 0.1 * (j + 1);
      weights[2 * (49 - j) + 1] = 0.1 * (j + 1);
    }
    SoftmaxModel model = new SoftmaxModel(weights, null, Activation.IDENTITY, 1 / 255.0, names(2));
    float[] rows = new float[50 * 256];
    for (int i = 0; i < 256; i++) {
      Arrays.fill(rows, 50 * i, 50 * (i + 1), i);
    }
    int[] npy = IntStream.range(0, 256).map(i -> model.predict(row(rows, i, 50))).toArray();
    assertThat(OnnxModel.read(bytes(model)).score(rows).labels()).isNotEqualTo(npy);
    assertThat(difference(model, bytes(model), rows)).isEmpty();
  }

  /** Everything that a model can have. */
  private SoftmaxModel full(Activation activation) {
    return new SoftmaxModel(
            random.doubles(6 * 3, -2, 2).toArray(),
            random.doubles(3, -2, 2).toArray(),
            activation,
            FeatureScaling.of(
                random.doubles(6, 1e-3, 0.1).toArray(), random.doubles(6, 0, 300).toArray()),
            List.of("cat", "dog", "eel"))
        .withFeatureNames(List.of("f", "g", "h", "i", "j", "k"))
        .withMissingMeans(random.doubles(6, 0, 300).toArray());
  }

  private float[] pixelsAndMissing(int count) {
    float[] pixels = pixels(count);
    for (int i = 0; i < count; i += 7) {
      pixels[i] = Float.NaN;
    }
    return pixels;
  }

  @ParameterizedTest
  @EnumSource
  void scoresOfAModelWithEverythingAreThoseOfOnnxruntime(Activation activation) throws Exception {
    SoftmaxModel model = full(activation);
    float[] pixels = pixelsAndMissing(200 * 6);
    assertScoresOfOnnxruntime(bytes(model), pixels, 200);
    assertThat(difference(model, bytes(model), pixels)).isEmpty();
    assertDiffers(
        model,
        model.withFeatureNames(List.of("f", "g", "H", "i", "j", "k")),
        "feature 2: model.json says h, and model.onnx says H");
    assertDiffers(
        model,
        model.withFeatureNames(List.of()),
        "number of names of a feature: model.json says 6, and model.onnx says 0");
  }

  @ParameterizedTest
  @EnumSource
  void everyFlippedByteOfAModelWithEverythingLikewise(Activation activation) throws Exception {
    everyFlippedByte(full(activation), pixelsAndMissing(64 * 6));
  }

  @ParameterizedTest
  @EnumSource
  void everyFlippedByteIsAFailureOrADifferenceOrChangesNoScoreAnywhere(Activation activation)
      throws Exception {
    everyFlippedByte(model(6, 3, activation, true, 2), pixels(64 * 6));
  }

  private void everyFlippedByte(SoftmaxModel model, float[] pixels) throws Exception {
    byte[] onnx = bytes(model);
    int unnoticed = 0;
    for (int at = 0; at < onnx.length; at++) {
      byte[] flipped = onnx.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      try {
        if (difference(model, flipped, pixels).isPresent()) {
          continue;
        }
      } catch (IOException e) {
        assertThat(e.getMessage()).isNotBlank();
        continue;
      }
      unnoticed++;
      assertScoresOfOnnxruntime(flipped, pixels, 64);
    }
    // Names of the graph and of operators, descriptions, and the last bits of weights.
    assertThat(unnoticed).isBetween(1, onnx.length / 2);
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatEndsEarlyIsRefused(Activation activation) throws IOException {
    byte[] onnx = bytes(model(6, 3, activation, true, 2));
    for (int length = 0; length < onnx.length; length++) {
      byte[] cut = Arrays.copyOf(onnx, length);
      assertThatExceptionOfType(IOException.class)
          .as("%d bytes of %d", length, onnx.length)
          .isThrownBy(() -> OnnxModel.read(cut));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 10, 18, 66, 127, 255})
  void bytesBehindTheEndAreRefused(int more) throws IOException {
    byte[] onnx = bytes(model(6, 3, Activation.RELU, true, 2));
    byte[] longer = Arrays.copyOf(onnx, onnx.length + 2);
    longer[onnx.length] = (byte) more;
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> OnnxModel.read(longer));
    byte[] twice = Arrays.copyOf(onnx, 2 * onnx.length);
    System.arraycopy(onnx, 0, twice, onnx.length, onnx.length);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> OnnxModel.read(twice))
        .withMessageContaining("stands there twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Relu|Tanh|the operator \"Tanh\" is none that Onehot writes",
        "axis|axes|Softmax has 1 inputs and the attributes [axes], where 1 and [axis] belong",
        "keepdims|keepdinn|where 1 and [axis, keepdims, select_last_index] belong",
        "scaled_W1|scaled_W2|the tensor \"scaled_W2\" is needed before anything computes it",
        "logits|labels|the tensor \"labels\" is needed before anything computes it",
        "class_names|klass_names|where a JSON array of names called class_names belongs",
      })
  void aFileOfAnotherContentSaysWhatIsWrong(String text, String other, String message)
      throws IOException {
    String latin =
        new String(bytes(model(6, 3, Activation.RELU, true, 2)), StandardCharsets.ISO_8859_1);
    int at = latin.lastIndexOf(text);
    String replaced = latin.substring(0, at) + other + latin.substring(at + text.length());
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> OnnxModel.read(replaced.getBytes(StandardCharsets.ISO_8859_1)))
        .withMessageContaining(message);
  }

  @Test
  void whatTheFileComputesCounts() throws IOException {
    SoftmaxModel model = model(6, 3, Activation.RELU, true, 2);
    double[] other = model.weights();
    other[7] += 1e-3;
    double[] bias = model.bias();
    assertDiffers(
        model, with(other, bias, Activation.RELU, names(3)), ": the probability of 0 is ");
    assertDiffers(model, with(model.weights(), null, Activation.RELU, names(3)), "row ");
    assertDiffers(model, with(model.weights(), bias, Activation.IDENTITY, names(3)), "row ");
    assertDiffers(
        model,
        with(model.weights(), bias, Activation.RELU, List.of("a", "b", "c")),
        "class 0: model.json says 0, and model.onnx says a");
    assertDiffers(
        model,
        model(7, 3, Activation.RELU, true, 2),
        "features of a row: model.json says 6, and model.onnx says 7");
    double[] swapped = model.weights();
    for (int j = 0; j < 6; j++) {
      swapped[3 * j] = model.weights()[3 * j + 1];
      swapped[3 * j + 1] = model.weights()[3 * j];
    }
    assertDiffers(
        model,
        with(swapped, new double[] {bias[1], bias[0], bias[2]}, Activation.RELU, names(3)),
        "W1.npy gives the label ");
  }

  private void assertDiffers(SoftmaxModel model, SoftmaxModel other, String words)
      throws IOException {
    assertThat(difference(model, bytes(other), pixels(512 * 6)).orElse(""))
        .contains(words)
        .contains("model.onnx");
  }

  private static Optional<String> difference(SoftmaxModel model, byte[] onnx, float[] pixels)
      throws IOException {
    return FormatAgreement.difference(model, OnnxModel.read(onnx), 0, pixels);
  }

  private static double[] row(float[] rows, int i, int features) {
    return IntStream.range(0, features).mapToDouble(j -> rows[i * features + j]).toArray();
  }

  /** Half of them 0. */
  private float[] pixels(int count) {
    float[] pixels = new float[count];
    for (int i = 0; i < count; i++) {
      pixels[i] = random.nextBoolean() ? 0 : random.nextInt(256);
    }
    return pixels;
  }

  private SoftmaxModel model(
      int features, int classes, Activation activation, boolean bias, double largest) {
    return with(
        random.doubles((long) features * classes, -largest, largest).toArray(),
        bias ? random.doubles(classes, -largest, largest).toArray() : null,
        activation,
        names(classes));
  }

  private static SoftmaxModel with(
      double[] weights, double[] bias, Activation activation, List<String> names) {
    return new SoftmaxModel(weights, bias, activation, 1 / 255.0, names);
  }

  private static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  private static byte[] bytes(SoftmaxModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxFormat.write(out, model, "1.2.3");
    return out.toByteArray();
  }
}
