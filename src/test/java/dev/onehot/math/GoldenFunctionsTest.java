package dev.onehot.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.onehot.Golden;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class GoldenFunctionsTest {

  private final JsonObject functions;
  private final double[][] scores;
  private final int[] labels;

  GoldenFunctionsTest() throws IOException {
    functions = Golden.json().getAsJsonObject("functions");
    scores = Golden.matrix(functions.get("scores"));
    labels = Golden.integers(functions.get("labels"));
  }

  @Test
  void softmaxAgreesWithTheOriginal() {
    assertClose(Softmax.of(scores), "softmax");
  }

  @Test
  void reluAndItsDerivativeAgreeWithTheOriginal() {
    assertClose(map(Activation.RELU::apply), "relu");
    assertClose(map(Activation.RELU::derivative), "relu_dev");
  }

  @Test
  void sigmoidAndItsDerivativeAgreeWithTheOriginal() {
    assertClose(map(Activation.SIGMOID::apply), "sigmoid");
    assertClose(map(Activation.SIGMOID::derivative), "sigmoid_dev");
  }

  @Test
  void crossEntropyLossAgreesWithTheOriginal() {
    assertThat(CrossEntropy.loss(Softmax.of(scores), labels))
        .isEqualTo(functions.get("cross_entropy_loss").getAsDouble(), within(1e-12));
  }

  @Test
  void crossEntropyGradientAgreesWithTheOriginal() {
    assertClose(CrossEntropy.gradient(scores, labels), "cross_entropy_dev");
  }

  @Test
  void accuracyAgreesWithTheOriginal() {
    assertThat(Accuracy.of(Softmax.of(scores), labels))
        .isEqualTo(functions.get("accuracy").getAsDouble());
  }

  private double[][] map(DoubleUnaryOperator function) {
    double[][] result = new double[scores.length][];
    for (int i = 0; i < scores.length; i++) {
      result[i] = Arrays.stream(scores[i]).map(function).toArray();
    }
    return result;
  }

  private void assertClose(double[][] actual, String golden) {
    double[][] expected = Golden.matrix(functions.get(golden));
    assertThat(actual).hasDimensions(expected.length, expected[0].length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).containsExactly(expected[i], within(1e-12));
    }
  }
}
