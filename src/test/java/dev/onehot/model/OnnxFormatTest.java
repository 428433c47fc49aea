package dev.onehot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import com.google.gson.Gson;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.onehot.math.Activation;
import dev.onehot.math.FeatureScaling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The files run in onnxruntime. */
class OnnxFormatTest {

  private final SplittableRandom random = new SplittableRandom(25);

  @ParameterizedTest
  @CsvSource({"1, 2", "784, 10", "9, 1024", "3, 256", "7, 5", "33, 17", "2, 1"})
  void labelsAreTheModelsAndProbabilitiesAlmost(int features, int classes) throws Exception {
    for (Activation activation : Activation.values()) {
      for (boolean bias : new boolean[] {false, true}) {
        SoftmaxModel model = model(features, classes, activation, bias, 2);
        for (int rows : new int[] {0, 1, 7, 200}) {
          assertAgrees(model, rows);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void hugeLogitsDoNotOverflow(Activation activation) throws Exception {
    for (double largest : new double[] {1e3, 1e6, 1e30}) {
      assertAgrees(model(20, 6, activation, true, largest), 200);
    }
  }

  @ParameterizedTest
  @EnumSource
  void inATieTheFirstClassWins(Activation activation) throws Exception {
    double[] weights = new double[784 * 17];
    for (int j = 0; j < 784; j++) {
      Arrays.fill(weights, j * 17, (j + 1) * 17, random.nextDouble(-0.1, 0.1));
    }
    SoftmaxModel model = new SoftmaxModel(weights, null, activation, 1 / 255.0, names(17));
    assertThat(assertAgrees(model, 100).labels()).containsOnly(0);
  }

  @Test
  void aRowThatNoClassPassesTheGateForIsUndecided() throws Exception {
    SoftmaxModel model =
        new SoftmaxModel(new double[] {-1, -2, -3}, null, Activation.RELU, 1, names(3));
    OnnxScorer.Scores scores = assertAgrees(model, new float[] {5, 0, -2}, 3);
    assertThat(scores.labels()).containsExactly(0, 0, 2);
    assertThat(Arrays.copyOf(scores.probabilities(), 6)).containsOnly(1 / 3f);
  }

  @Test
  void aDifferenceTooSmallForProbabilitiesDecides() throws Exception {
    SoftmaxModel model =
        new SoftmaxModel(new double[] {0, 1e-17}, null, Activation.IDENTITY, 1, names(2));
    assertThat(model.probabilities(new double[] {1})).containsExactly(0.5, 0.5);
    assertThat(assertAgrees(model, new float[] {1}, 1).labels()).containsExactly(1);
  }

  @Test
  void veryNegativeLogitsOfTheSigmoidDifferAndVeryPositiveOnesTie() throws Exception {
    SoftmaxModel model =
        new SoftmaxModel(new double[] {50, 40}, null, Activation.SIGMOID, 1, names(2));
    assertThat(assertAgrees(model, new float[] {-1, 1, 100, -100}, 4).labels())
        .containsExactly(1, 0, 0, 0);
  }

  @Test
  void classNamesAreInTheMetadata() throws Exception {
    List<String> names = List.of("cat, or dog", "\"eel\"", "Bär <&>", "\uD83D\uDC1F", "", "a\nb");
    double[] weights = IntStream.range(0, 12).asDoubleStream().toArray();
    SoftmaxModel model = new SoftmaxModel(weights, null, Activation.RELU, 1, names);
    try (OnnxScorer scorer = new OnnxScorer(bytes(model, null))) {
      OnnxModelMetadata metadata = scorer.session().getMetadata();
      String json = metadata.getCustomMetadata().get("class_names");
      assertThat(new Gson().fromJson(json, String[].class)).containsExactlyElementsOf(names);
      assertThat(metadata.getProducerName()).isEqualTo("Onehot");
      assertThat(metadata.getGraphName()).isEqualTo("softmax_regression");
    }
  }

  @Test
  void inputAndOutputsHaveNamesTypesAndShapes() throws Exception {
    byte[] onnx = bytes(model(4, 3, Activation.RELU, true, 1), null);
    try (OnnxScorer scorer = new OnnxScorer(onnx)) {
      assertThat(descriptions(scorer.session().getInputInfo().values()))
          .containsExactly("features FLOAT [-1, 4]");
      assertThat(descriptions(scorer.session().getOutputInfo().values()))
          .containsExactly("label INT64 [-1]", "probabilities FLOAT [-1, 3]");
    }
  }

  @Test
  void namesThatAreNotTheNumbersOfTheClassesAreTheLabels() throws Exception {
    List<String> names = List.of("cat, or dog", "\"eel\"", "B\u00e4r", "");
    SoftmaxModel model =
        new SoftmaxModel(new double[] {1, -1, 2, -2}, null, Activation.IDENTITY, 1, names);
    try (OnnxScorer scorer = new OnnxScorer(bytes(model, null))) {
      assertThat(descriptions(scorer.session().getOutputInfo().values()))
          .containsExactly("label STRING [-1]", "probabilities FLOAT [-1, 4]");
      assertThat(scorer.score(new float[] {1, -1, 0}, 3, 1).labels()).containsExactly(2, 3, 0);
    }
    assertThat(OnnxModel.read(bytes(model, null)).score(new float[] {1, -1, 0}).labels())
        .containsExactly(2, 3, 0);
  }

  @Test
  void featureNamesAreInTheMetadata() throws Exception {
    SoftmaxModel model = model(2, 2, Activation.RELU, false, 1);
    List<String> names = List.of("sepal length, cm", "\u00dcber\n");
    try (OnnxScorer scorer = new OnnxScorer(bytes(model.withFeatureNames(names), null))) {
      Map<String, String> metadata = scorer.session().getMetadata().getCustomMetadata();
      assertThat(new Gson().fromJson(metadata.get("feature_names"), String[].class))
          .containsExactlyElementsOf(names);
    }
    try (OnnxScorer scorer = new OnnxScorer(bytes(model, null))) {
      assertThat(scorer.session().getMetadata().getCustomMetadata())
          .containsOnlyKeys("class_names");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "30, 3", "9, 1024", "2000, 10"})
  void rawFeaturesAreScaledEachItsOwnWay(int features, int classes) throws Exception {
    double[] scales = random.doubles(features, 1e-3, 0.1).toArray();
    double[] shifts = random.doubles(features, -300, 300).toArray();
    for (double[] shift : new double[][] {null, shifts}) {
      for (boolean bias : new boolean[] {false, true}) {
        SoftmaxModel model = model(features, classes, Activation.RELU, bias, 2);
        assertAgrees(
            new SoftmaxModel(
                model.weights(),
                model.bias(),
                model.activation(),
                FeatureScaling.of(scales, shift),
                model.classNames()),
            200);
      }
    }
  }

  @Test
  void aMissingFeatureHasItsMean() throws Exception {
    SoftmaxModel model =
        model(3, 4, Activation.RELU, true, 2).withMissingMeans(new double[] {0.1, -200, 7});
    float[] rows = {Float.NaN, 1, 2, 3, Float.NaN, Float.NaN, 0, 0, 0};
    assertThat(assertAgrees(model, rows, 3).probabilities()).doesNotContain(Float.NaN);
  }

  @Test
  void versionsAreOldOnes() throws IOException {
    CodedInputStream in =
        CodedInputStream.newInstance(bytes(model(4, 3, Activation.SIGMOID, true, 1), "1.2.3"));
    long format = 0;
    long operators = 0;
    String onehot = null;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> format = in.readInt64();
        case 3 -> onehot = in.readString();
        case 8 -> {
          CodedInputStream set = in.readBytes().newCodedInput();
          assertThat(WireFormat.getTagFieldNumber(set.readTag())).isEqualTo(1);
          assertThat(set.readString()).isEmpty();
          assertThat(WireFormat.getTagFieldNumber(set.readTag())).isEqualTo(2);
          operators = set.readInt64();
        }
        default -> in.skipField(tag);
      }
    }
    assertThat(format).isEqualTo(7);
    assertThat(operators).isEqualTo(13);
    assertThat(onehot).isEqualTo("1.2.3");
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    SoftmaxModel model = model(50, 4, Activation.RELU, true, 1);
    SoftmaxModel same =
        new SoftmaxModel(
            model.weights(), model.bias(), model.activation(), model.scaling(), model.classNames());
    assertThat(bytes(same, "1.2.3")).isEqualTo(bytes(model, "1.2.3"));
  }

  private OnnxScorer.Scores assertAgrees(SoftmaxModel model, int rows) throws Exception {
    float[] features = new float[rows * model.features()];
    for (int i = 0; i < features.length; i++) {
      features[i] =
          switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> random.nextInt(256);
            default -> (float) random.nextDouble(-300, 300);
          };
    }
    return assertAgrees(model, features, rows);
  }

  private static OnnxScorer.Scores assertAgrees(SoftmaxModel model, float[] features, int rows)
      throws IOException, OrtException {
    try (OnnxScorer scorer = new OnnxScorer(bytes(model, null))) {
      OnnxScorer.Scores scores = scorer.score(features, rows, model.features());
      assertThat(scores.labels()).hasSize(rows);
      assertThat(scores.probabilities()).hasSize(rows * model.classes());
      for (int i = 0; i < rows; i++) {
        double[] row = new double[model.features()];
        for (int j = 0; j < row.length; j++) {
          row[j] = features[i * row.length + j];
        }
        assertThat(scores.labels()[i]).as("row %d", i).isEqualTo(model.predict(row));
        double[] probabilities = model.probabilities(row);
        for (int c = 0; c < probabilities.length; c++) {
          assertThat((double) scores.probabilities()[i * probabilities.length + c])
              .as("row %d, class %d", i, c)
              .isEqualTo(probabilities[c], within(1e-7));
        }
      }
      return scores;
    }
  }

  private SoftmaxModel model(
      int features, int classes, Activation activation, boolean bias, double largest) {
    return new SoftmaxModel(
        random.doubles((long) features * classes, -largest, largest).toArray(),
        bias ? random.doubles(classes, -largest, largest).toArray() : null,
        activation,
        1 / 255.0,
        names(classes));
  }

  private static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  private static byte[] bytes(SoftmaxModel model, String onehot) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxFormat.write(out, model, onehot);
    return out.toByteArray();
  }

  private static List<String> descriptions(Collection<NodeInfo> tensors) {
    return tensors.stream()
        .map(
            tensor -> {
              TensorInfo info = (TensorInfo) tensor.getInfo();
              OnnxJavaType type = info.type;
              return tensor.getName() + " " + type + " " + Arrays.toString(info.getShape());
            })
        .toList();
  }
}
