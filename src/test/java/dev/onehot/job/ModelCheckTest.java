package dev.onehot.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onehot.failure.InputException;
import dev.onehot.job.ModelCheck.Finding;
import dev.onehot.job.ModelCheck.Kind;
import dev.onehot.math.Activation;
import dev.onehot.model.DigestedFiles;
import dev.onehot.model.ModelFiles;
import dev.onehot.model.SoftmaxModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCheckTest {

  private static final List<String> FILES =
      List.of("W1.npy", "b1.npy", "metrics.jsonl", "model.json", "model.onnx", "run.json");

  @TempDir private Path folder;

  @BeforeEach
  void writeModel() throws IOException {
    DigestedFiles files = new DigestedFiles(name -> Files.newOutputStream(folder.resolve(name)));
    try (OutputStream metrics = files.open("metrics.jsonl")) {
      metrics.write("{\"iteration\":0}\n".getBytes(StandardCharsets.UTF_8));
    }
    SoftmaxModel model =
        new SoftmaxModel(
            new double[] {1, 2}, new double[] {3, 4}, Activation.RELU, 1, List.of("a", "b"));
    ModelFiles.write(model, null, files);
    Verdict verdict = Verdict.failed(new InputException("any"));
    Files.writeString(
        folder.resolve("run.json"), verdict.json(Map.of("seed", "7"), files.digests()));
  }

  @Test
  void aModelAsItWasWrittenHasNoFindings() {
    ModelCheck check = check();
    assertThat(check.findings()).isEmpty();
    assertThat(check.files()).isEqualTo(FILES.size());
  }

  @Test
  void everyBitOfEveryFileCounts() throws IOException {
    for (String name : FILES) {
      Path file = folder.resolve(name);
      byte[] bytes = Files.readAllBytes(file);
      for (int at = 0; at < bytes.length; at++) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= 1;
        Files.write(file, flipped);
        assertThat(check().findings())
            .as("%s, byte %d", name, at)
            .containsExactly(new Finding(name, Kind.CHANGED));
      }
      Files.write(file, bytes);
    }
  }

  @Test
  void missingAndExtraFilesAreNamed() throws IOException {
    Files.delete(folder.resolve("b1.npy"));
    Files.writeString(folder.resolve("notes.txt"), "mine");
    Files.createDirectory(folder.resolve("old"));
    Files.writeString(folder.resolve(".hidden"), "no matter");
    assertThat(check().findings())
        .containsExactly(
            new Finding("b1.npy", Kind.MISSING),
            new Finding("notes.txt", Kind.EXTRA),
            new Finding("old", Kind.EXTRA));
  }

  @Test
  void withoutRunJsonTheFilesOfTheModelAreStillChecked() throws IOException {
    Files.delete(folder.resolve("run.json"));
    assertThat(check().findings()).containsExactly(new Finding("run.json", Kind.MISSING));
    Files.writeString(folder.resolve("b1.npy"), "other");
    assertThat(check().findings())
        .containsExactly(
            new Finding("b1.npy", Kind.CHANGED), new Finding("run.json", Kind.MISSING));
  }

  @Test
  void whatIsNoModelDirectoryIsRefused() throws IOException {
    for (String name : FILES) {
      Files.delete(folder.resolve(name));
    }
    assertRefused("no model directory");
    Files.writeString(folder.resolve("model.json"), "{}");
    assertRefused("holds no SHA-256");
    Files.delete(folder.resolve("model.json"));
    Files.delete(folder);
    assertRefused("no such directory");
  }

  private void assertRefused(String reason) {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(this::check)
        .withMessageStartingWith(folder + ": ")
        .withMessageContaining(reason);
  }

  private ModelCheck check() {
    return ModelCheck.of(
        new org.apache.hadoop.fs.Path(folder.toString()), new Configuration(false));
  }
}
