package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.cluster.ClusterTraining.Outcome;
import dev.onehot.data.FormatFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;

/** Digits in files, and the bits that trainings on them end with: for all tests of this JVM. */
final class SharedDigits implements AutoCloseable {

  private final Path folder;
  private final Path data;
  private final Path csv;
  private final Map<Integer, String> expected = new HashMap<>();

  SharedDigits() {
    try {
      folder = Files.createTempDirectory("digits");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    data = folder.resolve("digits");
    Outcome generated = ClusterTraining.generate(data);
    assertThat(generated.exitCode()).as(generated.err()).isZero();
    csv = folder.resolve("csv");
  }

  /** The same rows as text, one file for each of IDX; the same training on them. */
  ClusterTraining csv(ClusterTraining training) throws IOException {
    if (!Files.exists(csv)) {
      try (Stream<Path> files = Files.list(data)) {
        for (Path images : files.filter(file -> file.toString().contains("-images-")).toList()) {
          String name = images.getFileName().toString();
          Path labels = data.resolve(name.replace("-images-", "-labels-").replace("idx3", "idx1"));
          // Not MNIST's names, by which a folder would be one of IDX.
          String part = name.replace("train-images", "train").replace("t10k-images", "test");
          FormatFiles.ofIdx(images, labels).write(csv, part.replace('.', '-'), "csv");
        }
      }
    }
    return training.reading(csv.toString());
  }

  /**
   * A training on them.
   *
   * @param models is where its models go
   */
  ClusterTraining training(Path models, int iterations) {
    return ClusterTraining.of(models, data.toString(), iterations);
  }

  /** The SHA-256 of W1 after a training in this machine's two cores. */
  String expected(int iterations) throws IOException {
    String known = expected.get(iterations);
    if (known == null) {
      Map<String, String> here = Map.of("spark.master", "local[2]");
      known = training(folder, iterations).trainHere(here, line -> {}).w1Sha256();
      expected.put(iterations, known);
    }
    return known;
  }

  @Override
  public void close() {
    FileUtil.fullyDelete(folder.toFile());
  }
}
