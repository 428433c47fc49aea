package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.cluster.ClusterTraining.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to clusters, on a real one: every time the same bits. */
@ExtendWith(SharedFixtures.class)
class ClusterFailuresIT {

  private static final int ITERATIONS = 8;

  @TempDir private static Path folder;
  private static StandaloneCluster cluster;
  private static ClusterTraining training;
  private static ClusterTraining trainingOnCsv;
  private static String expected;

  @BeforeAll
  static void trainUndisturbed(SharedDigits digits) throws IOException {
    training = digits.training(folder, ITERATIONS);
    trainingOnCsv = digits.csv(training);
    expected = digits.expected(ITERATIONS);
  }

  @BeforeEach
  void takeWholeCluster(StandaloneCluster shared) {
    cluster = shared;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anExecutorKilledWhileItComputes(boolean csv) throws Exception {
    ClusterEvents events =
        new ClusterEvents() {
          @Override
          void inIteration(int iteration, SparkListenerTaskStart task) {
            if (iteration == 3) {
              // Stopped first, so that it has tasks which it can't have finished.
              ProcessHandle executor = executor(cluster, task);
              signal("STOP", executor);
              pause(500);
              signal("KILL", executor);
            }
          }
        };
    assertThat(train(csv, Map.of(), events).w1Sha256()).isEqualTo(expected);
    assertThat(events.executorsRemoved).hasPositiveValue();
    assertThat(events.tasksLost).hasPositiveValue();
  }

  @Tag("long")
  @Test
  void aWorkerThatJoinsLateAndAnotherThatIsKilled() throws Exception {
    AtomicBoolean joined = new AtomicBoolean();
    ClusterEvents events =
        new ClusterEvents() {
          @Override
          void inIteration(int iteration, SparkListenerTaskStart task) {
            if (iteration == 4) {
              signal("KILL", cluster.workers().get(0).toHandle());
            }
          }
        };
    Outcome outcome =
        training.trainHere(
            ClusterTraining.on(
                cluster,
                Map.of(
                    "spark.cores.max", "6",
                    "spark.locality.wait", "0",
                    // Those of two workers of three.
                    "spark.scheduler.minRegisteredResourcesRatio", "0.6")),
            line -> {
              events.listenFrom(line);
              if (line.startsWith("iteration 0/") && !joined.getAndSet(true)) {
                int before = events.executorsAdded.get();
                cluster.startWorker();
                Waiting.until(
                    "executors on the late worker",
                    () -> events.executorsAdded.get() >= before + 2);
                events.forgetTasks();
              }
            });
    assertThat(outcome.w1Sha256()).isEqualTo(expected);
    assertThat(events.executorsRemoved).hasPositiveValue();
    // 0 to 3 on the two workers of the start; the late one's have higher numbers.
    assertThat(events.executorsWithTasks).anyMatch(executor -> Integer.parseInt(executor) > 3);
  }

  /** Spark starts a copy of a task only on another host, so there has to be one. */
  @Tag("long")
  @Test
  void copiesOfSlowTasksChangeNoBit() throws Exception {
    cluster.startWorker("127.0.0.2");
    cluster.awaitWorkers(3);
    AtomicInteger copies = new AtomicInteger();
    ClusterEvents events =
        new ClusterEvents() {
          private ProcessHandle slow;

          @Override
          void inIteration(int iteration, SparkListenerTaskStart task) {
            if (slow == null && iteration >= 3) {
              slow = executor(cluster, task);
              signal("STOP", slow);
              // In any case, so that this test fails rather than waits.
              CompletableFuture.delayedExecutor(30, TimeUnit.SECONDS)
                  .execute(() -> signal("CONT", slow));
            }
          }

          @Override
          public void onTaskStart(SparkListenerTaskStart event) {
            super.onTaskStart(event);
            if (event.taskInfo().speculative()) {
              copies.incrementAndGet();
              if (slow != null) {
                // The copy waits for blocks that only the stopped executor has; now both finish.
                signal("CONT", slow);
              }
            }
          }
        };
    Map<String, String> spark =
        Map.of(
            // One executor on each worker.
            "spark.cores.max", "3",
            "spark.locality.wait", "0",
            "spark.speculation", "true",
            "spark.speculation.interval", "50ms",
            "spark.speculation.quantile", "0.25",
            "spark.speculation.multiplier", "1.1");
    assertThat(train(spark, events).w1Sha256()).isEqualTo(expected);
    assertThat(copies).hasPositiveValue();
  }

  @Tag("long")
  @Test
  void executorsThatGoAwayWhileTheDriverIsIdle() throws Exception {
    ClusterEvents events = new ClusterEvents();
    AtomicBoolean idle = new AtomicBoolean();
    Outcome outcome =
        training.trainHere(
            ClusterTraining.on(
                cluster,
                Map.of(
                    // None is there before there is a task.
                    "spark.scheduler.minRegisteredResourcesRatio", "0",
                    "spark.dynamicAllocation.enabled", "true",
                    "spark.dynamicAllocation.shuffleTracking.enabled", "true",
                    "spark.dynamicAllocation.maxExecutors", "2",
                    "spark.dynamicAllocation.executorIdleTimeout", "1s",
                    "spark.dynamicAllocation.cachedExecutorIdleTimeout", "1s")),
            line -> {
              events.listenFrom(line);
              if (line.startsWith("iteration 0/") && !idle.getAndSet(true)) {
                Waiting.until("no executor is left", () -> cluster.executors().isEmpty());
                events.forgetTasks();
              }
            });
    assertThat(outcome.w1Sha256()).isEqualTo(expected);
    assertThat(events.executorsRemoved).hasPositiveValue();
    assertThat(events.executorsWithTasks).isNotEmpty();
  }

  @Test
  void blocksOfTheCacheAndOfBroadcastsThatAreLost() throws Exception {
    ClusterEvents events =
        new ClusterEvents() {
          @Override
          void inIteration(int iteration, SparkListenerTaskStart task) {
            LostBlocks.loseCached();
            LostBlocks.loseBroadcasts();
          }
        };
    assertThat(train(Map.of(), events).w1Sha256()).isEqualTo(expected);
    // Training and test rows are 4 partitions each.
    assertThat(events.rowsCached).hasValueGreaterThan(2 * 4);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void executorsWithTooLittleMemoryForTheirPartitions(boolean csv) throws Exception {
    ClusterEvents events = new ClusterEvents();
    // Of 512 MB Spark keeps 300 for itself; a thousandth of the rest holds one partition of 0.5 MB.
    Outcome outcome = train(csv, Map.of("spark.memory.fraction", "0.003"), events);

    assertThat(outcome.w1Sha256()).isEqualTo(expected);
    assertThat(outcome.err()).contains("the cache does not fit");
  }

  private static Outcome train(Map<String, String> spark, ClusterEvents events) {
    return train(false, spark, events);
  }

  private static Outcome train(boolean csv, Map<String, String> spark, ClusterEvents events) {
    return (csv ? trainingOnCsv : training)
        .trainHere(ClusterTraining.on(cluster, spark), events::listenFrom);
  }
}
