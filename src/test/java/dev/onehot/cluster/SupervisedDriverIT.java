package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A driver inside a cluster that is killed, and started again by {@code --supervise}. */
class SupervisedDriverIT {

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;

  @BeforeAll
  static void startCluster() throws IOException {
    cluster = StandaloneCluster.start(folder.resolve("cluster"), 2, Map.of());
  }

  @AfterAll
  static void stopCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void aKilledDriverComesBackAndResumesByItself() throws Exception {
    ClusterTraining training = ClusterTraining.of(folder, 200);
    String expected = training.expected();
    Path there = Files.createDirectory(folder.resolve("there"));
    Path model = there.resolve("model");
    Path checkpoints = there.resolve("checkpoints");
    Map<String, String> spark =
        Map.of(
            "spark.submit.deployMode", "cluster",
            "spark.driver.memory", "512m",
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
    assertThat(names(there)).contains("checkpoints").doesNotContain("model").hasSize(2);

    assertThat(submit.exitCode()).as(submit.err()).isZero();
    assertThat(ClusterTraining.w1Sha256(model)).isEqualTo(expected);
    assertThat(Files.readAllLines(model.resolve("metrics.jsonl"))).hasSize(201);
    assertThat(names(there)).containsExactly("model");
    assertThat(cluster.outputOfDrivers())
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
