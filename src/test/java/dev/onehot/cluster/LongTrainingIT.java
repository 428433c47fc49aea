package dev.onehot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onehot.ProjectHome;
import dev.onehot.data.DataProfile;
import dev.onehot.data.GeneratedSource;
import dev.onehot.data.HeldBackRows;
import dev.onehot.math.Activation;
import dev.onehot.math.RowBlock;
import dev.onehot.train.OptimizerKind;
import dev.onehot.train.Preconditioning;
import dev.onehot.train.Trainer;
import dev.onehot.train.TrainingListener;
import dev.onehot.train.TrainingOptions;
import dev.onehot.train.TrainingSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing adds up on the driver or the executors, however long a training runs. */
class LongTrainingIT {

  private static final int ROWS = 1024;
  private static final int CLASSES = 10;
  private static final int EARLY = 100;
  private static final int ITERATIONS = 2000;

  /** A live heap varies by what happens to run. */
  private static final long SLACK_BYTES = 1 << 20;

  @TempDir private static Path folder;

  @Test
  void heapsAreAsSmallAfter2000IterationsAsAfter100() throws IOException {
    try (StandaloneCluster cluster =
            StandaloneCluster.start(folder.resolve("cluster"), 2, Map.of());
        JavaSparkContext spark = new JavaSparkContext(conf(cluster))) {
      List<Heaps> heaps = new ArrayList<>();
      TrainingListener listener =
          metrics -> {
            if (metrics.iteration() == EARLY || metrics.iteration() == ITERATIONS) {
              heaps.add(Heaps.of(cluster));
            }
          };
      new Trainer(options(), List.of(listener)).train(spark, digits(spark));

      System.out.printf("live heaps: %s%n", heaps);
      Heaps early = heaps.get(0);
      Heaps late = heaps.get(1);
      assertThat(early.executors()).hasSize(2);
      assertThat(late.driver()).isLessThan(early.driver() + SLACK_BYTES);
      for (int i = 0; i < early.executors().size(); i++) {
        assertThat(late.executors().get(i)).isLessThan(early.executors().get(i) + SLACK_BYTES);
      }
      // Spark's own, of the tasks' code, go once the driver's collector has found them unused.
      System.gc();
      Waiting.until("broadcasts are gone", () -> broadcasts() == 0);
    }
  }

  /** How many blocks of broadcasts the driver knows of, its own and the executors'. */
  private static int broadcasts() {
    return SparkEnv.get()
        .blockManager()
        .master()
        .getMatchingBlockIds(BlockId::isBroadcast, false)
        .size();
  }

  /**
   * Bytes of living objects.
   *
   * @param executors in the order of their process ids
   */
  private record Heaps(long driver, List<Long> executors) {

    static Heaps of(StandaloneCluster cluster) {
      return new Heaps(
          live(ProcessHandle.current()),
          cluster.executors().stream().sorted().map(Heaps::live).toList());
    }

    private static long live(ProcessHandle process) {
      // A histogram comes after a full collection, and ends with "Total instances bytes".
      String last = "";
      try {
        Process jcmd =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                    Long.toString(process.pid()),
                    "GC.class_histogram")
                .start();
        try (Scanner lines = new Scanner(jcmd.getInputStream(), StandardCharsets.UTF_8)) {
          while (lines.hasNextLine()) {
            last = lines.nextLine();
          }
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      assertThat(last).startsWith("Total");
      return Long.parseLong(last.strip().split("\\s+")[2]);
    }
  }

  /** What submit.sh would give Spark. */
  private static SparkConf conf(StandaloneCluster cluster) throws IOException {
    SparkConf conf = new SparkConf().setAppName("long training");
    try (Stream<String> lines = Files.lines(ProjectHome.resolve("conf/spark.conf"))) {
      lines
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s+", 2))
          .forEach(setting -> conf.set(setting[0], setting[1]));
    }
    ClusterTraining.on(cluster, Map.of()).forEach(conf::set);
    return conf;
  }

  private static TrainingOptions options() {
    return new TrainingOptions(
        ITERATIONS,
        OptimizerKind.NESTEROV,
        0.2,
        30,
        0.9,
        0,
        Activation.RELU,
        false,
        1024,
        0.001,
        Preconditioning.VARIANCE,
        0,
        0);
  }

  private static TrainingSet digits(JavaSparkContext spark) {
    JavaRDD<RowBlock> blocks =
        GeneratedSource.builtInTraining(ROWS).blocks(spark, 2, HeldBackRows.none()).cache();
    DataProfile profile =
        DataProfile.of(blocks, GeneratedSource.builtInTraining(1).shape().features(), CLASSES);
    return new TrainingSet(
        blocks,
        "digits",
        profile.fingerprint(),
        profile.trainingRows(),
        0,
        CLASSES,
        1.0 / RowBlock.MAX_VALUE,
        profile.variances());
  }
}
