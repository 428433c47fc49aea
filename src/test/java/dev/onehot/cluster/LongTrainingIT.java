package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.data.DataProfile;
import dev.onehot.data.HeldBackRows;
import dev.onehot.data.digits.GeneratedSource;
import dev.onehot.math.ByteBlock;
import dev.onehot.math.RowBlock;
import dev.onehot.train.OptimizerKind;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.Trainer;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingOptions;
import dev.onehot.train.TrainingSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nothing adds up on the driver or the executors, however long a training runs. */
@Tag("long")
@ExtendWith(SharedFixtures.class)
class LongTrainingIT {

  private static final int ROWS = 1024;
  private static final int CLASSES = 10;
  private static final int EARLY = 100;
  private static final int LATE = 970;
  private static final int ITERATIONS = 1000;

  /**
   * Measured are 0.1 to 0.3 MB, on the driver and on executors, none of it an object an iteration:
   * classes and their accessors, names of threads, samples of Spark's metrics, all up to a bound.
   */
  private static final long SLACK_BYTES = 1 << 19;

  @TempDir private static Path folder;

  @Test
  void heapsAreAsSmallAfter1000IterationsAsAfter100(StandaloneCluster cluster) throws IOException {
    try (JavaSparkContext spark = new JavaSparkContext(conf(cluster))) {
      List<Heaps> heaps = new ArrayList<>();
      TrainingListener listener =
          metrics -> {
            if (metrics.iteration() == EARLY
                || metrics.iteration() == LATE
                || metrics.iteration() == ITERATIONS) {
              heaps.add(Heaps.of(cluster));
            }
          };
      new Trainer(options(), List.of(listener)).train(spark, digits(spark));

      Heaps early = heaps.get(0);
      Heaps late = heaps.get(1);
      Heaps last = heaps.get(2);
      assertThat(early.executors()).hasSize(2);
      assertNoGrowth("driver", early.driver(), late.driver(), last.driver());
      for (int i = 0; i < early.executors().size(); i++) {
        assertNoGrowth(
            "executor", early.executors().get(i), late.executors().get(i), last.executors().get(i));
      }
      // Spark's own, of the tasks' code, go once the driver's collector has found them unused.
      System.gc();
      Waiting.until("broadcasts are gone", () -> broadcasts() == 0);
    }
  }

  /** A broadcast that is on its way, or not quite gone, is alive once and not again. */
  private static void assertNoGrowth(String process, LiveHeap early, LiveHeap late, LiveHeap last)
      throws IOException {
    LiveHeap.Growth growth = late.since(early);
    LiveHeap.Growth again = last.since(early);
    System.out.printf("%s: %s; %s%n", process, growth.classes(), again.classes());
    assertThat(Math.min(growth.bytes(), again.bytes()))
        .as(growth.classes() + "; " + again.classes())
        .isLessThan(SLACK_BYTES);
  }

  /** How many blocks of broadcasts the driver knows of, its own and the executors'. */
  private static int broadcasts() {
    try {
      return SparkEnv.get()
          .blockManager()
          .master()
          .getMatchingBlockIds(BlockId::isBroadcast, false)
          .size();
    } catch (Exception e) {
      // Spark goes through its list while blocks are removed from it; so some were there.
      if (rootCause(e) instanceof ConcurrentModificationException) {
        return 1;
      }
      throw e;
    }
  }

  /**
   * What is alive in all processes that train.
   *
   * @param executors in the order of their process ids
   */
  private record Heaps(LiveHeap driver, List<LiveHeap> executors) {

    static Heaps of(StandaloneCluster cluster) {
      try {
        List<LiveHeap> executors = new ArrayList<>();
        for (ProcessHandle executor : cluster.executors().stream().sorted().toList()) {
          executors.add(LiveHeap.of(executor, folder));
        }
        return new Heaps(LiveHeap.of(ProcessHandle.current(), folder), executors);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What submit.sh would give Spark. */
  private static SparkConf conf(StandaloneCluster cluster) {
    SparkConf conf = new SparkConf().setAppName("long training");
    ClusterTraining.on(cluster, Map.of()).forEach(conf::set);
    return conf;
  }

  private static TrainingOptions options() {
    return TrainingOptions.defaults(OptimizerKind.NESTEROV, Preconditioning.VARIANCE)
        .withIterations(ITERATIONS);
  }

  private static TrainingSet digits(JavaSparkContext spark) {
    JavaRDD<RowBlock> blocks =
        GeneratedSource.builtInTraining(ROWS).blocks(spark, 2, HeldBackRows.none()).cache();
    DataProfile profile =
        DataProfile.of(blocks, GeneratedSource.builtInTraining(1).features(), CLASSES);
    return new TrainingSet(
        blocks,
        "digits",
        profile.fingerprint(),
        profile.trainingRows(),
        0,
        CLASSES,
        ByteBlock.VALUES,
        profile.meanSquares(ByteBlock.VALUES.scaling()),
        null);
  }

  private static Throwable rootCause(Throwable failure) {
    return failure.getCause() == null ? failure : rootCause(failure.getCause());
  }
}
