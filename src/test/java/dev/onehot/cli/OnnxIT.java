package dev.onehot.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onehot.ProjectHome;
import dev.onehot.math.Activation;
import dev.onehot.model.ModelFiles;
import dev.onehot.model.OnnxScorer;
import dev.onehot.model.SoftmaxModel;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The file model.onnx of a model of the real MNIST, in onnxruntime, on all its test pictures. */
class OnnxIT {

  private static final int ROWS = 10_000;
  private static final int FEATURES = 784;

  @TempDir private static Path folder;

  private static Path trained;
  private static float[] pictures;

  @BeforeAll
  static void train() throws IOException {
    Path mnist = ProjectHome.mnist();
    trained = folder.resolve("model");
    CommandRun run = CommandRun.of("train", "--data=" + mnist, "--bias", "--out=" + trained);
    assertThat(run.exitCode()).as(run.err()).isZero();
    pictures = new float[ROWS * FEATURES];
    Path file = mnist.resolve("t10k-images-idx3-ubyte.gz");
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      in.skipNBytes(16);
      byte[] pixels = in.readNBytes(pictures.length);
      for (int i = 0; i < pictures.length; i++) {
        pictures[i] = Byte.toUnsignedInt(pixels[i]);
      }
    }
  }

  @Test
  void aTrainedModelSaysTheSameInOnnxruntime() throws Exception {
    assertAgrees(SoftmaxModel.load(trained), trained);
  }

  @ParameterizedTest
  @EnumSource
  void itsWeightsSayTheSameBehindAnyActivation(Activation activation) throws Exception {
    SoftmaxModel model = SoftmaxModel.load(trained);
    SoftmaxModel other =
        new SoftmaxModel(model.weights(), null, activation, model.scaling(), model.classNames());
    Path saved = Files.createDirectory(folder.resolve(activation.name()));
    other.save(saved);
    assertAgrees(other, saved);
  }

  private static void assertAgrees(SoftmaxModel model, Path saved) throws Exception {
    try (OnnxScorer scorer = new OnnxScorer(Files.readAllBytes(saved.resolve(ModelFiles.ONNX)))) {
      OnnxScorer.Scores scores = scorer.score(pictures, ROWS, FEATURES);
      double[] picture = new double[FEATURES];
      int classes = model.classes();
      for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < FEATURES; j++) {
          picture[j] = pictures[i * FEATURES + j];
        }
        assertThat(scores.labels()[i]).as("picture %d", i).isEqualTo(model.predict(picture));
        double[] probabilities = model.probabilities(picture);
        for (int c = 0; c < classes; c++) {
          assertThat((double) scores.probabilities()[i * classes + c])
              .as("picture %d, class %d", i, c)
              .isEqualTo(probabilities[c], within(1e-7));
        }
      }
    }
  }
}
