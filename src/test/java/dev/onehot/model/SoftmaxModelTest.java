package dev.onehot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.onehot.math.Activation;
import dev.onehot.math.FeatureScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftmaxModelTest {

  private static final SoftmaxModel MODEL =
      new SoftmaxModel(
          new double[] {1, -1, 0.5, 0.25, -2, 3},
          new double[] {0.5, 0, -0.5},
          Activation.RELU,
          0.1,
          List.of("cat", "dog", "eel"));

  private static final SoftmaxModel SCALED =
      new SoftmaxModel(
          MODEL.weights(),
          MODEL.bias(),
          Activation.RELU,
          FeatureScaling.of(new double[] {0.5, 0.25}, new double[] {4, 16}),
          MODEL.classNames());

  @TempDir private Path folder;

  @Test
  void logitsAreScaledFeaturesTimesWeightsPlusBias() {
    assertThat(MODEL.logits(new double[] {10, 20})).containsExactly(2, -5, 6);
    assertThat(MODEL.predict(new double[] {10, 20})).isEqualTo(2);
    assertThat(MODEL.predict(new byte[] {(byte) 200, 0})).isZero();
    assertThat(Arrays.stream(MODEL.probabilities(new double[] {10, 20})).sum())
        .isEqualTo(1, within(1e-15));
    assertThat(MODEL.predict(new double[][] {{10, 20}, {200, 0}})).containsExactly(2, 0);
  }

  @Test
  void whatWasSavedIsLoaded() throws IOException {
    MODEL.save(folder);
    SoftmaxModel loaded = SoftmaxModel.load(folder);
    assertThat(loaded.weights()).isEqualTo(MODEL.weights());
    assertThat(loaded.bias()).isEqualTo(MODEL.bias());
    assertThat(loaded.classNames()).containsExactly("cat", "dog", "eel");
    assertThat(loaded.activation()).isEqualTo(Activation.RELU);
    assertThat(loaded.scaling().scale(0)).isEqualTo(0.1);
    assertThat(loaded.w1Sha256()).isEqualTo(MODEL.w1Sha256());
  }

  @Test
  void everyFeatureHasItsOwnShiftAndScale() {
    SoftmaxModel model = SCALED;
    // (10 - 4)·0.5 = 3 and (20 - 16)·0.25 = 1
    assertThat(model.logits(new double[] {10, 20})).containsExactly(3.75, -5, 4);
    // A 0 is a number like others: (0 - 4)·0.5 = -2 and (0 - 16)·0.25 = -4
    assertThat(model.logits(new double[2])).containsExactly(-2.5, 10, -13.5);
    assertThat(model.missingMeans()).isNull();
    assertThat(model.logits(new double[] {10, Double.NaN})).contains(Double.NaN);
  }

  @Test
  void aMissingFeatureHasItsMean() {
    SoftmaxModel model = SCALED.withMissingMeans(new double[] {1000, 0.1});
    assertThat(model.logits(new double[] {10, Double.NaN}))
        .isEqualTo(SCALED.logits(new double[] {10, 0.1f}))
        .isEqualTo(model.logits(new double[] {10, 0.1f}));
  }

  @Test
  void namesAreDifferent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MODEL.withFeatureNames(List.of("a", "a")))
        .withMessage("2 feature names, where 2 different ones belong");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MODEL.withLabels(List.of("a", "b")))
        .withMessage("2 labels, where 3 different ones belong");
  }

  @Test
  void hashIsOverLittleEndianFloat64() {
    // python3 -c "import numpy,hashlib;
    // print(hashlib.sha256(numpy.array([1.,-2.]).tobytes()).hexdigest())"
    SoftmaxModel model =
        new SoftmaxModel(new double[] {1, -2}, null, Activation.IDENTITY, 1, List.of("a", "b"));
    assertThat(model.w1Sha256())
        .isEqualTo("7886fe67ba4484d889aa8ec41f0b242f914fbf6bae1be2ed23f56a007e3547b0");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> MODEL.predict(new double[3]));
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    MODEL.save(folder);
    Files.delete(folder.resolve("b1.npy"));
    assertThatIOException()
        .isThrownBy(() -> SoftmaxModel.load(folder))
        .withMessageContaining("b1.npy");
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    MODEL.save(folder);
    Path weights = folder.resolve("W1.npy");
    Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 100));
    assertThatIOException()
        .isThrownBy(() -> SoftmaxModel.load(folder))
        .withMessageStartingWith(folder + ": W1.npy cannot be read: ends early");
  }

  @Test
  void aDescriptionThatDoesNotFitIsRefused() throws IOException {
    MODEL.save(folder);
    Path description = folder.resolve("model.json");
    String json = Files.readString(description);
    for (String wrong :
        new String[] {
          json.replace("\"version\": 2", "\"version\": 3"),
          json.replace("\"classes\": 3", "\"classes\": 4"),
          json.replace("\"features\": 2", "\"features\": 3"),
          json.replace("relu", "tanh"),
          json.replace("\"featureScale\": 0.1", "\"featureScale\": \"n\""),
          "{}",
          "",
          "no json"
        }) {
      assertThat(wrong).isNotEqualTo(json);
      Files.writeString(description, wrong);
      assertThatIOException().as(wrong).isThrownBy(() -> SoftmaxModel.load(folder));
    }
  }
}
