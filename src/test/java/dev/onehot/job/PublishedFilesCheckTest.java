package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.data.Chunks;
import dev.onehot.math.Activation;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedFilesCheckTest {

  @TempDir private Path folder;

  @Test
  void theFilesOfAModelAreComparedOnTheRows() throws IOException {
    model(0.5).save(folder);
    assertThat(difference()).isEmpty();
    Path other = Files.createDirectory(folder.resolve("other"));
    model(0.7).save(other);
    Files.copy(
        other.resolve("model.onnx"),
        folder.resolve("model.onnx"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(difference().orElse("")).startsWith(folder + ": model.onnx is damaged or belongs");
    Files.delete(folder.resolve("model.onnx"));
    assertThat(difference()).contains(folder + ": has no model.onnx");
  }

  @Test
  void aDirectoryWithoutAModelIsADifference() {
    assertThat(difference()).contains(folder + ": has no model.json, so it is no model directory");
  }

  private static SoftmaxModel model(double weight) {
    return new SoftmaxModel(
        new double[] {1, weight, 3, 4}, null, Activation.RELU, 1 / 255.0, List.of("a", "b"));
  }

  private Optional<String> difference() {
    return PublishedFilesCheck.difference(
        folder.toString(),
        name -> Files.newInputStream(folder.resolve(name)),
        Chunks.of(512, 3, (byte) 0, (byte) 1, (byte) 128, (byte) 255, (byte) 7, (byte) 0));
  }
}
