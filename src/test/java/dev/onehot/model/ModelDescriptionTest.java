package dev.onehot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.onehot.math.Activation;
import dev.onehot.math.FeatureScaling;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What model.json says, and the files beside it. */
class ModelDescriptionTest {

  @TempDir private Path folder;

  private static SoftmaxModel model(int features) {
    SplittableRandom random = new SplittableRandom(features);
    return new SoftmaxModel(
            random.doubles(features * 2L, -1, 1).toArray(),
            new double[] {1, 2},
            Activation.RELU,
            FeatureScaling.of(
                random.doubles(features, 1e-3, 1).toArray(),
                random.doubles(features, -10, 10).toArray()),
            List.of("no", "yes"))
        .withLabels(List.of("-1", "1"))
        .withFeatureNames(IntStream.range(0, features).mapToObj(j -> "f" + j).toList())
        .withMissingMeans(random.doubles(features, -10, 10).toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, FeatureNumbers.MOST_IN_JSON, FeatureNumbers.MOST_IN_JSON + 1})
  void everythingThatWasSavedIsLoaded(int features) throws IOException {
    SoftmaxModel model = model(features);
    model.save(folder);
    SoftmaxModel loaded = SoftmaxModel.load(folder);
    assertThat(loaded.weights()).isEqualTo(model.weights());
    assertThat(loaded.bias()).isEqualTo(model.bias());
    assertThat(loaded.scaling()).isEqualTo(model.scaling());
    assertThat(loaded.classNames()).containsExactly("no", "yes");
    assertThat(loaded.labels()).containsExactly("-1", "1");
    assertThat(loaded.featureNames()).isEqualTo(model.featureNames());
    assertThat(loaded.missingMeans()).isEqualTo(model.missingMeans());
    for (String file : List.of("scales.npy", "shifts.npy", "means.npy")) {
      assertThat(Files.exists(folder.resolve(file)))
          .isEqualTo(features > FeatureNumbers.MOST_IN_JSON);
    }
  }

  @Test
  void aScaleForAllFeaturesIsANumberAndTheFormatTheOneThatFormerVersionsRead() throws IOException {
    new SoftmaxModel(new double[] {1, 2}, null, Activation.RELU, 1 / 255.0, List.of("no", "yes"))
        .withLabels(List.of("0", "1"))
        .save(folder);
    assertThat(json())
        .contains("\"version\": 1,")
        .contains("\"featureScale\": " + 1 / 255.0 + ",")
        .doesNotContain("featureScales", "featureShifts", "featureNames", "missingMeans", "Labels");
    assertThat(SoftmaxModel.load(folder).labels()).containsExactly("0", "1");
    assertThat(SoftmaxModel.load(folder).classNames()).containsExactly("no", "yes");
  }

  @Test
  void aModelOfAFormerVersionIsRead() throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve("W1.npy"))) {
      NpyFormat.write(out, new double[] {1, 2, 3, 4}, 2, 2);
    }
    Files.writeString(
        folder.resolve("model.json"),
        """
        {"format": "onehot softmax regression", "version": 1, "activation": "relu",
         "features": 2, "classes": 2, "classNames": ["cat", "dog"], "bias": false,
         "featureScale": 0.5, "files": {}}
        """);
    SoftmaxModel model = SoftmaxModel.load(folder);
    assertThat(model.logits(new double[] {2, 4})).containsExactly(7, 10);
    assertThat(model.classNames()).containsExactly("cat", "dog");
    assertThat(model.labels()).containsExactly("0", "1");
    assertThat(model.featureNames()).isEmpty();
    assertThat(model.missingMeans()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"f1\"|\"f0\"|has not 3 different names as featureNames",
        "\"f1\",||has not 3 different names as featureNames",
        "\"-1\"|\"1\"|has not 2 different names as classLabels",
        "\"no\"|\"yes\"|has not 2 different names as classNames",
        "\"no\"|null|has not 2 different names as classNames",
        "\"featureScales\": [|\"featureScales\": [1,"
            + "|has neither 3 finite numbers nor scales.npy as featureScales",
        "\"featureScales\": [|\"featureScales\": [-|has featureScales that are not all positive",
        "\"featureShifts\": [|\"featureShifts\": [true,|has neither 3 finite numbers",
        "\"featureShifts\": [|\"featureShifts\": [1e999,|has neither 3 finite numbers",
        "\"missingMeans\": [|\"missingMeans\": [1,|has neither 3 finite numbers nor means.npy",
        "\"featureScales\"|\"x\"|has not one of featureScale and featureScales",
        "\"bias\"|\"featureScale\": 1, \"bias\"|has not one of featureScale and featureScales",
        "\"version\": 2|\"version\": 1|is incomplete or contradicts itself",
        "\"version\": 2|\"version\": 3|is of format version 3, and this Onehot reads up to 2",
      })
  void whatContradictsItselfIsRefusedInALine(String text, String other, String message)
      throws IOException {
    model(3).save(folder);
    assertThat(json()).contains(text);
    Files.writeString(
        folder.resolve("model.json"), json().replace(text, other == null ? "" : other));
    assertThatIOException()
        .isThrownBy(() -> SoftmaxModel.load(folder))
        .withMessageStartingWith(folder + ": model.json " + message);
  }

  @Test
  void aFileForEachFeatureIsCheckedLikeTheWeights() throws IOException {
    int features = FeatureNumbers.MOST_IN_JSON + 1;
    model(features).save(folder);
    Path shifts = folder.resolve("shifts.npy");
    byte[] whole = Files.readAllBytes(shifts);
    byte[] changed = whole.clone();
    changed[whole.length - 8] ^= 1;
    Files.write(shifts, changed);
    assertRefused("shifts.npy is damaged or belongs to another model");
    double[] numbers = new double[features];
    numbers[7] = Double.NaN;
    write(shifts, numbers);
    String json = json();
    Files.writeString(
        folder.resolve("model.json"), json.replaceAll("\"files\": \\{[^}]*}", "\"files\": {}"));
    assertRefused("shifts.npy holds NaN for feature 7, where only finite numbers make a model");
    write(shifts, new double[5]);
    assertRefused("shifts.npy has shape [5] where model.json says [4097]");
    Files.delete(shifts);
    assertThatIOException()
        .isThrownBy(() -> SoftmaxModel.load(folder))
        .withMessage(folder + ": has no shifts.npy, so it is no model directory");
  }

  private static void write(Path file, double[] numbers) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      NpyFormat.write(out, numbers, numbers.length);
    }
  }

  private void assertRefused(String message) {
    assertThatIOException()
        .isThrownBy(() -> SoftmaxModel.load(folder))
        .withMessageStartingWith(folder + ": " + message);
  }

  private String json() throws IOException {
    return Files.readString(folder.resolve("model.json"));
  }
}
