package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.cluster.ClusterTraining.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What happens to clusters while they predict: every time the same files. */
@ExtendWith(SharedFixtures.class)
class ClusterPredictionIT {

  private static final int PARTITIONS = 4;

  @TempDir private static Path folder;
  private static Path model;
  private static Map<String, String> expected;

  private StandaloneCluster cluster;
  private Path out;

  @BeforeAll
  static void predictUndisturbed(SharedDigits digits) {
    Outcome trained =
        digits.training(folder, 3).trainHere(Map.of("spark.master", "local[2]"), line -> {});
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    model = (Path) trained.model();
    Path here = folder.resolve("here");
    predict(here, Map.of("spark.master", "local[2]"), new Disturbance());
    expected = files(here);
    assertThat(expected.keySet())
        .containsExactly(
            "_SUCCESS", "part-00000.csv", "part-00001.csv", "part-00002.csv", "part-00003.csv");
  }

  @BeforeEach
  void takeWholeCluster(StandaloneCluster shared) {
    cluster = shared;
    out = folder.resolve("above/out-" + System.nanoTime());
  }

  @Test
  void anExecutorKilledWhileItWrites() {
    Disturbance killed =
        new Disturbance() {
          @Override
          void atFirstTask(SparkListenerTaskStart task) {
            awaitBegunFile();
            signal("KILL", executor(cluster, task));
          }
        };
    predict(out, ClusterTraining.on(cluster, Map.of()), killed);

    assertThat(killed.tasksLost).hasPositiveValue();
    assertOnlyExpectedFiles();
  }

  /** Spark starts a copy of a task only on another host, so there has to be one. */
  @Test
  void copiesOfSlowTasksThatWriteTheSameFile() {
    cluster.startWorker("127.0.0.2");
    cluster.awaitWorkers(3);
    AtomicInteger copies = new AtomicInteger();
    Disturbance slow =
        new Disturbance() {
          private ProcessHandle stopped;

          @Override
          void atFirstTask(SparkListenerTaskStart task) {
            // At once: a task that has ended needs no copy.
            stopped = executor(cluster, task);
            signal("STOP", stopped);
            // In any case, so that this test fails rather than waits.
            CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS)
                .execute(() -> signal("CONT", stopped));
          }

          @Override
          public void onTaskStart(SparkListenerTaskStart event) {
            super.onTaskStart(event);
            if (event.taskInfo().speculative()) {
              copies.incrementAndGet();
              if (stopped != null) {
                signal("CONT", stopped);
              }
            }
          }
        };
    Map<String, String> spark = new HashMap<>();
    // One executor on each worker.
    spark.put("spark.cores.max", "3");
    spark.put("spark.locality.wait", "0");
    spark.put("spark.speculation", "true");
    spark.put("spark.speculation.interval", "50ms");
    spark.put("spark.speculation.quantile", "0.25");
    spark.put("spark.speculation.multiplier", "1.1");
    predict(out, ClusterTraining.on(cluster, spark), slow);

    assertThat(copies).hasPositiveValue();
    assertOnlyExpectedFiles();
  }

  @Test
  void resultsOfTasksAreUnderstoodWithKryo() {
    Map<String, String> kryo =
        Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    predict(out, ClusterTraining.on(cluster, kryo), new Disturbance());

    assertOnlyExpectedFiles();
  }

  private void assertOnlyExpectedFiles() {
    assertThat(files(out)).isEqualTo(expected);
    assertThat(names(out.getParent()))
        .allMatch(name -> !name.startsWith("."))
        .contains(out.getFileName().toString());
  }

  /**
   * Waits until a task writes a file. On a fast machine a file may be complete before it is seen,
   * so this does not wait for long.
   */
  private void awaitBegunFile() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
    while (!hasBegun() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  /** Whether a task writes a file at the moment. */
  private boolean hasBegun() {
    try (Stream<Path> all = Files.walk(out.getParent())) {
      return all.anyMatch(path -> path.getFileName().toString().contains(".attempt-"));
    } catch (IOException | UncheckedIOException e) {
      // A file was renamed meanwhile.
      return false;
    }
  }

  private static void predict(Path out, Map<String, String> spark, Disturbance events) {
    Outcome outcome =
        ClusterTraining.run(
            spark,
            events::listenFrom,
            List.of(
                "predict",
                "--model=" + model,
                "--probabilities",
                "--partitions=" + PARTITIONS,
                "--out=" + out));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> files(Path directory) {
    Map<String, String> files = new TreeMap<>();
    for (String name : names(directory)) {
      try {
        files.put(name, Files.readString(directory.resolve(name)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  /** Meddles when the first task has started. */
  private static class Disturbance extends ClusterEvents {

    private boolean listens;
    private boolean meddled;

    void atFirstTask(SparkListenerTaskStart task) {}

    @Override
    synchronized void listenFrom(String line) {
      if (!listens && line.startsWith("predicting ")) {
        ClusterTraining.context().addSparkListener(this);
        listens = true;
      }
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
      if (!meddled) {
        meddled = true;
        atFirstTask(event);
      }
    }
  }
}
