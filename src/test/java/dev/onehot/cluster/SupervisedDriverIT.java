package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.SparkJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A driver inside a cluster that is killed, and started again by {@code --supervise}. */
@Tag("long")
@ExtendWith(SharedFixtures.class)
class SupervisedDriverIT {

  private static final int ITERATIONS = 120;

  @Test
  void aKilledDriverComesBackAndResumesByItself(
      StandaloneCluster cluster, SharedDigits digits, @TempDir Path folder) throws Exception {
    ClusterTraining training = digits.training(folder, ITERATIONS);
    String expected = digits.expected(ITERATIONS);
    Path there = Files.createDirectory(folder.resolve("there"));
    Path model = there.resolve("model");
    Path checkpoints = there.resolve("checkpoints");
    Map<String, String> spark =
        Map.of(
            "spark.submit.deployMode", "cluster",
            "spark.driver.memory", "512m",
            "spark.driver.extraJavaOptions", SparkJvm.archiveOptions(),
            "spark.standalone.submit.waitAppCompletion", "true");
    List<String> command =
        training
            .with("--checkpoint-dir=" + checkpoints, "--checkpoint-every=3")
            .command(model, ClusterTraining.on(cluster, spark));
    command.add("--supervise");
    SubmitScript submit = SubmitScript.start(folder, command);

    // Any: each is there for two more only.
    Waiting.until("a checkpoint", () -> hasCheckpoint(checkpoints));
    ProcessHandle driver = cluster.drivers().get(0);
    driver.destroyForcibly();
    driver.onExit().join();
    assertThat(names(there))
        .contains("checkpoints", ".model.claim")
        .doesNotContain("model")
        .hasSize(3);

    assertThat(submit.exitCode()).as(submit.err()).isZero();
    assertThat(ClusterTraining.w1Sha256(model)).isEqualTo(expected);
    assertThat(Files.readAllLines(model.resolve("metrics.jsonl"))).hasSize(ITERATIONS + 1);
    assertThat(names(there)).containsExactly("model");
    assertThat(cluster.outputOfDrivers())
        .filteredOn(output -> output.contains(checkpoints.toString()))
        .anyMatch(output -> output.contains("resuming at iteration "));
  }

  private static boolean hasCheckpoint(Path directory) {
    try {
      return Files.isDirectory(directory)
          && names(directory).stream().anyMatch(name -> name.startsWith("checkpoint-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
